// One person: the life on a time axis, every label with its evidence, the record with the words that matched.
import {href} from './address';
import {type EvidenceRow, type EvidenceStep, type Packet, type Person, categoryName, labelOf, officeOf, spaced, study, tables, unitName, unpack} from './data';
import {el, svg} from './dom';
import {loadPeople, names, type Index} from './index';
import {placeOf} from './article';

const truthWords: Record<string, string> = {t: 'yes', f: 'no', u: 'not known'};
const packets = new Map<number, Promise<Packet>>();
const columnsOf = tables.map((table) => study.columns.filter((column) => column.table === table.name));

interface Row { table: number; place: number; id: string; cells: string[]; spoke: boolean; marks: number[][] }

class LifeRecord {
  rows: Row[][];
  constructor(person: Person, texts: string[]) {
    this.rows = tables.map((table, t) => (person.rows[table.name] ?? []).map(([id, ...cells], place) => ({
      table: t, place, id: String(id), cells: cells.map((one) => texts[one as number]!), spoke: false, marks: [],
    })));
  }
  get(row: EvidenceRow): Row { return this.rows[row[0]]![row[1]]!; }
  cell(row: Row, column: string | undefined): string {
    return row.cells[columnsOf[row.table]!.findIndex((one) => one.column === column)] ?? '';
  }
  start(row: Row): string { return this.cell(row, tables[row.table]!.start); }
  end(row: Row): string { return this.cell(row, tables[row.table]!.end); }
}

/** A text with the given ranges marked; overlapping ones become one. */
function marked(text: string, ranges: [number, number][]): (Node | string)[] {
  const out: (Node | string)[] = [];
  let at = 0;
  const sorted = [...ranges].sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  for (let i = 0; i < sorted.length;) {
    const begin = sorted[i]![0];
    let end = sorted[i]![1];
    while (++i < sorted.length && sorted[i]![0] <= end) end = Math.max(end, sorted[i]![1]);
    if (end <= at) continue;
    out.push(text.slice(at, begin), el('mark', {}, text.slice(begin, end)));
    at = end;
  }
  out.push(text.slice(at));
  return out;
}

const when = (start: string, end: string): string => !start && !end ? 'no dates' : `${start || '?'} – ${end === '..' ? 'now' : end || '?'}`;

/** The texts of a row, a line for each language, with the words that matched. */
function textsOf(row: Row, words: number[]): HTMLElement[] {
  const columns = columnsOf[row.table]!;
  const table = tables[row.table]!;
  const shown = columns.map((column, i) => ({column, i})).filter(({column, i}) =>
    row.cells[i] && column.kind !== 'date' && !['source', table.start, table.end].includes(column.logical));
  const languages = [...new Set(shown.map(({column}) => column.language ?? ''))].sort((a, b) => Number(a === '') - Number(b === ''));
  return languages.map((language) => el('div', {lang: language || undefined, class: language === 'en' || language === '' ? 'en' : undefined},
      shown.filter(({column}) => (column.language ?? '') === language).flatMap(({column, i}, n) => {
        const ranges: [number, number][] = [];
        for (let w = 0; w < words.length; w += 4) if (words[w] === i) ranges.push([words[w + 1]!, words[w + 2]!]);
        const cell = row.cells[i]!;
        const text = column.logical === table.unit ? unitName(cell) : table.offices ? spaced(cell) : cell;
        return [n ? ' · ' : '', ...(text === row.cells[i] ? marked(text, ranges) : ranges.length ? [el('mark', {}, text)] : [text])];
      })));
}

const rowLine = (record: LifeRecord, row: Row, words: number[]): HTMLElement[] => [
  el('div', {class: 'small muted'}, row.table === 0 ? 'the person’s entry' : `${tables[row.table]!.name}, ${when(record.start(row), record.end(row))}`), ...textsOf(row, words)];

// ------------------------------------------------------------------------------------- evidence

function termsOf(index: Index, words: number[], row: Row): HTMLElement | null {
  const seen = new Map<string, HTMLElement>();
  for (let w = 0; w < words.length; w += 4) {
    const term = index.terms[words[w + 3]!];
    if (!term) continue;
    const list = `${term[0]}/${term[1]}`;
    const quoted = row.cells[words[w]!]!.slice(words[w + 1], words[w + 2]);
    const key = list + quoted;
    if (!seen.has(key)) seen.set(key, el('span', {}, `${quoted}: ${spaced(list).replaceAll('/', ' › ')} `, placeOf(term[3], term[4])));
  }
  return seen.size ? el('div', {class: 'word'}, [...seen.values()].map((one, i) => [i ? ' · ' : '', one])) : null;
}

function stepOf(index: Index, record: LifeRecord, texts: string[], step: EvidenceStep): HTMLElement {
  const [, , depth, , text, refers, file, line] = index.steps[step[0]]!;
  const [, value, measured, rows] = step;
  const words = refers ? [el('a', {href: `#person=${currentId}&label=${refers}`}, labelOf(refers)?.title ?? spaced(refers)), refers !== text ? ` (${text})` : ''] : [text];
  const limit = 3;
  const show = (row: EvidenceRow): HTMLElement => {
    const lacks = row[4] === null ? '' : texts[row[4]]!;
    const of = record.get(row);
    return el('div', {class: 'row'}, rowLine(record, of, row[5]), row[3] ? el('span', {class: 'word'}, `${row[3].toFixed(1)} years `) : null,
        termsOf(index, row[5], of), lacks && el('div', {class: 'word'}, value === 'u' ? 'missing: ' : 'lacks: ', lacks));
  };
  return el('li', {class: value, style: `margin-left:${Math.max(0, depth - 1) * 1.2}rem`},
      el('span', {class: `truth ${value}`}, truthWords[value]), el('span', {class: 'small'}, words, measured === null ? '' : ` — ${texts[measured]!}`), ' ', placeOf(file, line),
      value === 'f' && rows.length ? el('div', {class: 'word'}, 'The nearest row:') : null, rows.slice(0, limit).map(show),
      rows.length > limit ? el('details', {}, el('summary', {}, `${rows.length - limit} more ${rows.length - limit === 1 ? 'row' : 'rows'}`), rows.slice(limit).map(show)) : null);
}

function valueOf(index: Index, name: string, person: number): string {
  const label = labelOf(name)!;
  const column = index.labels[name]!;
  const value = column.values?.[person];
  if (label.kind === 'category') return typeof value === 'number' && value >= 0 ? categoryName(label.lexicon, column.categories![value]!.split('\t')[0]!) : truthWords[column.truth[person]!]!;
  if (label.kind === 'plain' || value === null || value === undefined) return column.high?.[person] ? `at most ${column.high[person]}` : truthWords[column.truth[person]!]!;
  return typeof value === 'number' ? String(Math.round(value * 10) / 10) : value;
}

// ------------------------------------------------------------------------------------- the time axis

/** The days of a date as fractions of years: its first, and the one after its last. */
function span(date: string): [number, number] | null {
  const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(date);
  if (!parts) return null;
  const year = Number(parts[1]);
  if (!parts[2]) return [year, year + 1];
  const month = year + (Number(parts[2]) - 1) / 12;
  if (!parts[3]) return [month, month + 1 / 12];
  const day = month + (Number(parts[3]) - 1) / 365.25;
  return [day, day + 1 / 365.25];
}

function timeline(record: LifeRecord, birth: string, asOf: string): HTMLElement | null {
  const now = span(asOf)?.[1] ?? 2023;
  const bars = record.rows.flatMap((rows, table) => rows.flatMap((row) => {
    const start = span(record.start(row));
    const ended = record.end(row);
    const end = ended === '..' ? now : span(ended)?.[1];
    return start ? [{table, row, from: start[0], to: Math.max(end ?? start[1], start[0] + 0.15), open: end === undefined}] : [];
  }));
  if (!bars.length) return null;
  const low = Math.floor(Math.min(...bars.map((one) => one.from)));
  const high = Math.ceil(Math.max(...bars.map((one) => one.to)));
  const [width, left, laneHeight] = [1000, 76, 13];
  const x = (year: number): number => left + (year - low) / Math.max(1, high - low) * (width - left - 8);
  let y = 40;
  const drawn: SVGElement[] = [];
  for (const table of tables.keys()) {
    const lanes: number[] = [];
    const top = y;
    for (const bar of bars.filter((one) => one.table === table).sort((a, b) => a.from - b.from)) {
      let lane = lanes.findIndex((end) => end <= bar.from + 0.01);
      if (lane < 0) lane = lanes.length;
      lanes[lane] = bar.to;
      const words = `${when(record.start(bar.row), record.end(bar.row))} ${bar.row.cells.filter((_, i) => columnsOf[table]![i]!.kind === 'text' || tables[table]!.offices).slice(0, 4).join(' · ')}`;
      drawn.push(svg('a', {href: `#person=${currentId}&row=${encodeURIComponent(bar.row.id)}`, 'aria-label': words},
          svg('rect', {class: `bar${bar.row.spoke ? ' spoke' : ''}${bar.open ? ' open' : ''}`, x: x(bar.from), y: top + lane * laneHeight, width: Math.max(2, x(bar.to) - x(bar.from) - 1), height: laneHeight - 3, rx: 1},
              svg('title', {}, words))));
    }
    if (lanes.length) {
      drawn.push(svg('text', {x: 0, y: top + 10}, tables[table]!.name));
      y = top + lanes.length * laneHeight + 10;
    }
  }
  const scheme = study.schemes[0]?.scheme;
  const eras = study.eras.filter((era) => era.scheme === scheme).flatMap((era, i) => {
    const from = Math.max(low, span(era.from_date)?.[0] ?? low);
    const to = Math.min(high, era.to_date ? span(era.to_date)?.[0] ?? high : high);
    if (to <= from) return [];
    const wide = x(to) - x(from);
    const label = era.label ?? era.id;
    return [svg('rect', {class: i % 2 ? 'era odd' : 'era', x: x(from), y: 0, width: wide, height: y}), wide > label.length * 6 ? svg('text', {x: x(from) + 4, y: 12}, label) : svg('g'),
      era.leader && wide > era.leader.length * 6 ? svg('text', {x: x(from) + 4, y: 26}, era.leader) : svg('g')];
  });
  const years: SVGElement[] = [];
  for (let year = Math.ceil(low / 10) * 10; year <= high; year += 10) {
    years.push(svg('line', {x1: x(year), x2: x(year), y1: 30, y2: y, stroke: 'var(--line)'}), svg('text', {x: x(year), y: y + 12, 'text-anchor': 'middle'}, String(year)));
  }
  const born = span(birth);
  return el('div', {class: 'timeline', tabindex: '0', role: 'region', 'aria-label': 'Life on a time axis'}, svg('svg', {viewBox: `0 0 ${width} ${y + 18}`, role: 'group', 'aria-label': `${tables.slice(1).map((table) => table.title).join(', ')} from ${low} to ${high}${born ? `; born ${birth}` : ''}`}, eras.flat(), years, drawn));
}

// ------------------------------------------------------------------------------------- the page

let currentId = '';

function personPage(index: Index, place: number, person: Person, texts: string[]): Node[] {
  const record = new LifeRecord(person, texts);
  const steps = person.labels ?? {};
  for (const [name, list] of Object.entries(steps)) {
    const truth = index.labels[name]?.truth[place];
    for (const step of list) {
      if (step[1] !== 't' || truth !== 't') continue;
      for (const row of step[3]) { const of = record.get(row); of.spoke = true; of.marks.push(row[5]); }
    }
  }
  const [first, ...more] = names(index, place);
  const entry = record.rows[0]![0];
  const facts = entry ? columnsOf[0]!.flatMap((column, i) => entry.cells[i] && column.logical !== 'name' && column.logical !== 'source' ? [`${spaced(column.column)} ${entry.cells[i]}`] : []) : [];
  const posts = index.postsOf[place]!.map((i) => el('li', {}, `${officeOf(index.posts.office[i]!, index.posts.unit[i]!)}, ${when(index.posts.start[i] ?? '', index.posts.end[i] ?? '')}`));
  const verdicts = study.labels.filter((label) => steps[label.name]).map((label) => {
    const truth = index.labels[label.name]!.truth[place]!;
    return el('details', {class: 'verdict', id: `evidence-${label.name}`}, el('summary', {}, el('span', {class: `truth ${truth}`}, label.kind === 'plain' ? truthWords[truth] : valueOf(index, label.name, place)), label.title ?? spaced(label.name)),
        el('ul', {class: 'steps'}, steps[label.name]!.slice(steps[label.name]!.length > 1 ? 1 : 0).map((step) => stepOf(index, record, texts, step))),
        el('a', {class: 'small', href: href({label: label.name})}, 'What this label means'));
  });
  const lacking = study.unknowns.flatMap((unknown) => unknown.missing.filter((one) => one.people.includes(place)).map((one) => el('li', {}, el('a', {href: `#person=${currentId}&label=${unknown.label}`}, labelOf(unknown.label)?.title ?? unknown.label), `: ${one.what}`)));
  const section = (table: number, title: string): HTMLElement | null => record.rows[table]!.length ? el('section', {}, el('h3', {style: 'margin-top:1.5rem'}, title), el('ol', {class: 'record'},
      record.rows[table]!.map((row) => el('li', {id: `row-${row.id}`}, el('span', {class: 'when'}, when(record.start(row), record.end(row))), el('div', {}, textsOf(row, row.marks.flat())))))) : null;
  return [
    el('p', {class: 'kicker'}, el('a', {href: '#people'}, 'People')),
    el('h1', {}, first ?? currentId, ' ', el('span', {class: 'muted', lang: 'zh'}, more.join(' '))),
    el('p', {class: 'muted small'}, facts.join(' · ')), el('ul', {}, posts),
    ...[timeline(record, index.birth[place] ?? '', study.run.data_as_of ?? '')].filter((one) => one !== null),
    el('p', {class: 'small muted'}, 'Rows in colour made a label true. Marked words are those that matched.'),
    ...(lacking.length ? [el('div', {class: 'missing'}, el('b', {}, 'What is missing'), el('ul', {class: 'small'}, lacking))] : []),
    el('h2', {}, 'Labels and why'), ...verdicts, el('h2', {}, 'The record'),
    ...tables.slice(1).map((table, i) => section(i + 1, table.title)).filter((one) => one !== null),
  ];
}

function follow(at: URLSearchParams): void {
  const label = at.get('label');
  const row = at.get('row');
  const target = label ? document.getElementById(`evidence-${label}`) : row ? document.getElementById(`row-${row}`) : null;
  if (target instanceof HTMLDetailsElement) target.open = true;
  target?.scrollIntoView();
}

export function showPerson(main: HTMLElement, at: URLSearchParams, fresh: boolean): string {
  const id = at.get('person') ?? '';
  if (!fresh) { follow(at); return document.title; }
  currentId = id;
  main.replaceChildren();
  void loadPeople().then(async (index) => {
    const place = index.byId.get(id);
    if (place === undefined) {
      main.replaceChildren(el('h1', {}, 'Nobody of that name'), el('p', {}, `This report has no person “${id}”.`), el('p', {}, el('a', {href: '#people'}, 'All people')));
      return;
    }
    const number = Math.floor(place / index.packet);
    if (!packets.has(number)) packets.set(number, unpack<Packet>(`packet-${number}`));
    const packet = await packets.get(number)!;
    if (currentId !== id) return;
    main.replaceChildren(...personPage(index, place, packet.people[id] ?? {}, packet.texts));
    document.title = names(index, place).join(' ') + ' · ' + (study.run.rules_title || study.run.rules);
    follow(at);
  });
  return id;
}

window.addEventListener('beforeprint', () => {
  for (const one of document.querySelectorAll<HTMLDetailsElement>('details.verdict')) {
    if (one.querySelector('.truth.t, .truth.u') && !one.open) { one.open = true; one.dataset.printed = ''; }
  }
});
window.addEventListener('afterprint', () => {
  for (const one of document.querySelectorAll<HTMLDetailsElement>('details[data-printed]')) { one.open = false; delete one.dataset.printed; }
});
