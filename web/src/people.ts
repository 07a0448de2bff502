// The list of people, with search and filters that the address holds.
import {address, href} from './address';
import {categoryName, officeOf, officeTable, spaced, study, titleOf, unitName} from './data';
import {el} from './dom';
import {comparable, loadPeople, names, type Index} from './index';

type Test = (person: number) => boolean;
const titled = (name: string): string => spaced(name).replace(/^./, (one) => one.toUpperCase());
interface Filter { name: string; title: string; options: (index: Index) => [string, string, Test][] }

const decade = (birth: string): string => /^\d{3}/.test(birth) ? `${birth.slice(0, 3)}0s` : 'not known';

const categoryLabels = study.labels.filter((label) => label.kind === 'category');
const truths: [string, string][] = [['true', 'yes'], ['false', 'no'], ['unknown', 'not known']];

function distinct(values: Iterable<string | null>): string[] {
  return [...new Set([...values].filter((one): one is string => !!one))];
}

const filters: Filter[] = [
  {name: 'era', title: 'In office in', options: (index) => study.eras.flatMap((era): [string, string, Test][] => {
    const members = index.erasOf.get(`${era.scheme}/${era.id}`);
    const value = study.schemes.length > 1 ? `${era.scheme}/${era.id}` : era.id;
    return members ? [[value, `${era.label ?? era.id}${era.leader ? `, ${era.leader}` : ''}`, (one) => members[one] === 1]] : [];
  })},
  ...(officeTable?.unit ? [{name: officeTable.unit, title: titled(officeTable.unit), options: (index: Index): [string, string, Test][] => {
    const order = study.units.map((one) => one.id);
    return distinct(index.posts.unit.filter((id) => id !== null)).sort((a, b) => order.indexOf(a) - order.indexOf(b)).map((id) => {
      const members = new Set(index.posts.person.filter((_, i) => index.posts.unit[i] === id));
      return [id, unitName(id), (one) => members.has(one)];
    });
  }}] : []),
  ...(officeTable?.office ? [{name: officeTable.office, title: titled(officeTable.office), options: (index: Index): [string, string, Test][] => distinct(index.posts.office.filter((id) => id !== null)).sort().map((id) => {
    const members = new Set(index.posts.person.filter((_, i) => index.posts.office[i] === id));
    return [id, spaced(id), (one) => members.has(one)];
  })}] : []),
  ...categoryLabels.map((label): Filter => ({name: label.name, title: label.title ?? spaced(label.name), options: (index) => {
    const column = index.labels[label.name]!;
    const all = (column.categories ?? []).map((one, i) => ({i, path: one.split('\t')[0]!, group: one.split('\t')[1] ?? ''}));
    const groups = distinct(all.map((one) => one.group)).sort();
    const test = (places: Set<number>): Test => (one) => places.has(column.values![one] as number);
    return [
      ...groups.map((group): [string, string, Test] => [`group:${group}`, `all ${group}`, test(new Set(all.filter((one) => one.group === group).map((one) => one.i)))]),
      ...all.sort((a, b) => a.path < b.path ? -1 : 1).map((one): [string, string, Test] => [one.path, categoryName(label.lexicon, one.path), test(new Set([one.i]))]),
    ];
  }})),
  {name: 'born', title: 'Born in the', options: (index) => distinct(index.birth.map(decade)).sort()
      .map((one) => [one, one, (person) => decade(index.birth[person]!) === one])},
];

interface Active { name: string; value: string; words: string; test: Test }

/** The filters that the address names. */
function activeFilters(index: Index, at: URLSearchParams): Active[] {
  const active: Active[] = [];
  for (const value of at.getAll('label')) {
    const [name, truth] = value.split(':') as [string, string | undefined];
    const column = index.labels[name];
    const letter = (truth ?? 'true')[0];
    if (column) active.push({name: 'label', value, words: `${titleOf(name)}: ${truths.find(([one]) => one === (truth ?? 'true'))?.[1] ?? truth}`, test: (one) => column.truth[one] === letter});
  }
  for (const filter of filters) {
    const value = at.get(filter.name);
    const option = value ? filter.options(index).find(([one]) => one === value) : undefined;
    if (value && option) active.push({name: filter.name, value, words: `${filter.title}: ${option[1]}`, test: option[2]});
  }
  const figure = study.figures.find((one) => one.figure === at.get('figure'));
  const column = figure?.columns.findIndex((one) => one.name === at.get('column')) ?? -1;
  const row = Number(at.get('row'));
  const people = figure?.people[row]?.[column];
  if (figure && people) {
    const keys = figure.columns.flatMap((one, i) => one.key ? [String(figure.rows[row]!.measured[i])] : []).join(', ');
    const members = new Set(people);
    active.push({name: 'figure', value: figure.figure, words: `${keys}, ${spaced(figure.columns[column]!.name)}: “${figure.title}”${members.size < people.length ? ` (${people.length} counts of ${members.size} people)` : ''}`, test: (one) => members.has(one)});
  }
  const query = at.get('q');
  if (query) {
    const wanted = comparable(query);
    active.push({name: 'q', value: query, words: `name has “${query}”`, test: (one) => index.search[one]!.includes(wanted)});
  }
  return active;
}

function without(active: Active): string {
  const at = address();
  if (active.name === 'label') {
    const rest = at.getAll('label').filter((one) => one !== active.value);
    at.delete('label');
    for (const one of rest) at.append('label', one);
  } else if (active.name === 'figure') {
    for (const name of ['figure', 'row', 'column']) at.delete(name);
  } else {
    at.delete(active.name);
  }
  return '#' + at.toString().replace(/^people=?/, 'people');
}

function set(name: string, value: string, replace = false): void {
  const at = address();
  if (name === 'label') { if (value) at.append('label', value); } else if (value) at.set(name, value); else at.delete(name);
  const hash = '#' + at.toString().replace(/^people=/, 'people').replaceAll('%3A', ':').replaceAll('%2F', '/');
  if (replace) { history.replaceState(null, '', hash); update(); } else { location.hash = hash; }
}

// ------------------------------------------------------------------------------------- the list

const list = el('ol', {class: 'list', 'aria-label': 'People'});
let shown: number[] = [];
let index: Index | undefined;

function entry(people: Index, person: number, at: number, height: number): HTMLElement {
  const [first, ...more] = names(people, person);
  const posts = people.postsOf[person]!.map((i) => `${officeOf(people.posts.office[i]!, people.posts.unit[i]!)} ${people.posts.start[i]?.slice(0, 4) ?? '?'}–${people.posts.end[i] === '..' ? '' : people.posts.end[i]?.slice(0, 4) ?? '?'}`);
  const categories = categoryLabels.flatMap((label) => {
    const value = people.labels[label.name]?.values?.[person];
    return typeof value === 'number' && value >= 0 ? [categoryName(label.lexicon, people.labels[label.name]!.categories![value]!.split('\t')[0]!)] : [];
  });
  return el('li', {style: `transform:translateY(${at * height}px)`, 'aria-posinset': at + 1, 'aria-setsize': shown.length},
      el('a', {href: href({person: people.ids[person]!})},
          el('span', {}, el('b', {}, first ?? people.ids[person]!), ' ', more.join(' ')),
          el('span', {class: 'muted small'}, people.birth[person]?.slice(0, 4) ? `b. ${people.birth[person]!.slice(0, 4)}` : ''),
          el('span', {class: 'small'}, posts.join('; ')), el('span', {class: 'small muted'}, categories.join(', '))));
}

/** Fills the part of the list that is in view; short lists stand there whole, so that a browser finds in them. */
function paint(everything = false): void {
  if (!index || !list.isConnected) return;
  const height = matchMedia('(max-width: 44rem)').matches ? 84 : 64;
  list.style.height = `${shown.length * height}px`;
  const whole = everything || shown.length <= 400;
  const top = list.getBoundingClientRect().top;
  const from = whole ? 0 : Math.max(0, Math.floor(-top / height) - 10);
  const to = whole ? shown.length : Math.min(shown.length, Math.ceil((innerHeight - top) / height) + 10);
  const key = `${from} ${to} ${height} ${version}`;
  if (key === painted) return;
  painted = key;
  list.replaceChildren(...shown.slice(from, to).map((person, i) => entry(index!, person, from + i, height)));
}
let painted = '';
let version = 0;
window.addEventListener('scroll', () => paint(), {passive: true});
window.addEventListener('resize', () => paint());
window.addEventListener('beforeprint', () => paint(shown.length <= 2000));

// ------------------------------------------------------------------------------------- the page

const search = el('input', {type: 'search', id: 'q', autocomplete: 'off', spellcheck: 'false', placeholder: 'Name', input: () => set('q', search.value, true)});
const selects = new Map<string, HTMLSelectElement>();
const labelSelect = el('select', {id: 'f-label', change: () => { set('label', labelSelect.value); labelSelect.value = ''; }});
const chips = el('div', {class: 'chips'});
const status = el('p', {role: 'status', class: 'small'});

function update(): void {
  if (!index) return;
  const people = index;
  const at = address();
  const active = activeFilters(people, at);
  const matching = (but?: string): number[] => {
    const tests = active.filter((one) => one.name !== but).map((one) => one.test);
    const out: number[] = [];
    for (let i = 0; i < people.count; ++i) if (tests.every((test) => test(i))) out.push(i);
    return out;
  };
  shown = matching();
  ++version;
  status.textContent = shown.length === people.count ? `${people.count.toLocaleString('en')} people` : `${shown.length.toLocaleString('en')} of ${people.count.toLocaleString('en')} people`;
  chips.replaceChildren(...active.filter((one) => one.name !== 'q').map((one) => el('a', {class: 'chip', href: without(one), style: 'text-decoration:none', 'aria-label': `Remove the filter ${one.words}`}, one.words, ' ✕')));
  if (document.activeElement !== search) search.value = at.get('q') ?? '';
  for (const filter of filters) {
    const select = selects.get(filter.name)!;
    const value = at.get(filter.name) ?? '';
    const rest = value ? matching(filter.name) : shown;
    const options = filter.options(people).map(([one, words, test]) => {
      let count = 0;
      for (const person of rest) if (test(person)) ++count;
      return el('option', {value: one, disabled: count === 0 && one !== value}, `${words} (${count})`);
    });
    select.replaceChildren(el('option', {value: ''}, 'any'), ...options);
    select.value = value;
  }
  labelSelect.replaceChildren(el('option', {value: ''}, 'choose …'), ...study.labels.map((label) => el('optgroup', {label: label.title ?? label.name}, truths.map(([truth, words]) => {
    const column = people.labels[label.name]!;
    let count = 0;
    for (const person of shown) if (column.truth[person] === truth[0]) ++count;
    return el('option', {value: `${label.name}:${truth}`, disabled: count === 0}, `${label.title ?? label.name}: ${words} (${count})`);
  }))));
  paint();
}

export function showPeople(main: HTMLElement, _at: URLSearchParams, fresh: boolean): string {
  if (fresh) {
    const field = (id: string, title: string, control: HTMLElement, wide = false): HTMLElement => el('div', {class: wide ? 'wide' : undefined}, el('label', {for: id}, title), control);
    painted = '';
    main.replaceChildren(el('h1', {}, 'People'),
        el('div', {class: 'filters', role: 'search'}, field('q', 'Search', search, true), field('f-label', 'Label', labelSelect, true),
            filters.map((filter) => {
              const select = el('select', {id: `f-${filter.name}`, change: () => set(filter.name, select.value)});
              selects.set(filter.name, select);
              return field(`f-${filter.name}`, filter.title, select);
            })), chips, status, list);
    void loadPeople().then((people) => { index = people; update(); });
  } else {
    update();
  }
  return 'People · ' + (study.run.rules_title || study.run.rules || 'cadre');
}
