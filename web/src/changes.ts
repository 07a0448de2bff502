// What changed between two runs: the rules, the labels of people and why, the figures.
import {href} from './address';
import {type Cell, type ChangedPerson, type ChangedWords, type Changes, type Place, spaced, study, titleOf, unpack} from './data';
import {el} from './dom';
import {loadPeople, nameOf, type Index} from './index';

type Rule = Changes['rules'][number];
type Label = Changes['labels'][number];
type Cause = Label['groups'][number]['causes'][number];

const kFew = 12;  // of what is shown at once
const kFewWords = 3;

const people = (many: number): string => `${many.toLocaleString('en')} ${many === 1 ? 'person' : 'people'}`;
const arrows = (words: string): string => words.replaceAll('->', '→');
const placed = (place: Place | null): string => place ? place.line ? `${place.file}:${place.line}` : place.file : '';

function placesOf(rule: Rule): HTMLElement {
  const [before, after] = [placed(rule.before), placed(rule.after)];
  return el('span', {class: 'place'}, before && after && before !== after ? `${before} → ${after}` : before || after);
}

/** A list of which only the first ones are shown until a reader asks. */
function cut<T>(all: T[], one: (item: T) => Node, more: (many: number) => string, few = kFew): Node {
  const element = el('ul', {class: 'plain'}, all.slice(0, few).map(one));
  if (all.length > few + 2) {
    const rest = el('button', {type: 'button', class: 'link small', click: () => rest.replaceWith(el('ul', {class: 'plain'}, all.slice(few).map(one)))}, more(all.length - few));
    return el('div', {}, element, rest);
  }
  element.append(...all.slice(few).map(one));
  return element;
}

// ------------------------------------------------------------------------------------- labels

/** "because this, and this; or that". */
function because(changes: Changes, cause: Cause): Node {
  const rule = (at: number): Node => el('span', {}, arrows(changes.rules[at]?.text ?? ''), ' ', changes.rules[at] ? placesOf(changes.rules[at]!) : null);
  if (!cause.sets.length) return el('p', {}, 'because of changes that could not be told apart');
  return el('div', {}, cause.sets.map((set, i) => el('p', {}, i ? 'or because ' : 'because ', set.map((at, j) => [j ? el('b', {}, ' and ') : null, rule(at)]))),
      !cause.smallest && el('p', {class: 'small muted'}, 'None of these can be left out; smaller sets were too many to try.'));
}

function wordsOf(what: string, words: ChangedWords[]): Node | null {
  if (!words.length) return null;
  const one = (word: ChangedWords): Node => el('li', {}, el('mark', {}, word.words), ' ',
      el('span', {class: 'muted'}, [word.start || word.end ? `${word.start || '?'}–${word.end === '..' ? '' : word.end || '?'}` : '', spaced(word.category).replaceAll('/', ' › ')].filter((part) => part).join(' · ')), ' ',
      el('span', {class: 'place'}, placed(word.place)));
  return el('div', {class: 'small lines'}, el('span', {class: `change ${what}`}, what), cut(words, one, (many) => `and ${many} more`, kFewWords));
}

const isTruth = (value: string): boolean => ['true', 'false', 'unknown'].includes(value);

const personOf = (index: Index, label: string, one: ChangedPerson): Node => el('li', {},
    el('a', {href: href({person: index.ids[one.person]!, label})}, nameOf(index, one.person)),
    isTruth(one.before) && isTruth(one.after) ? null : ` ${one.before} → ${one.after}`,
    one.reason ? el('span', {class: 'muted'}, ` ${one.reason}`) : null, wordsOf('lost', one.lost), wordsOf('gained', one.gained));

let loading: Promise<ChangedPerson[][]> | undefined;
const loadChanged = (): Promise<ChangedPerson[][]> => loading ??= unpack('changed');

function causeOf(changes: Changes, label: string, cause: Cause): Node {
  const body = el('div', {});
  const details = el('details', {}, el('summary', {}, people(cause.people)), body);
  details.addEventListener('toggle', () => {
    if (!details.open || body.firstChild) return;
    void Promise.all([loadPeople(), loadChanged()]).then(([index, changed]) => body.append(cut(changed[cause.at]!, (one) => personOf(index, label, one), (many) => `show ${many} more`)));
  });
  return el('li', {}, because(changes, cause), details);
}

const labelOf = (changes: Changes, label: Label): Node => el('section', {class: 'definition', id: `change=${label.label}`},
    el('div', {}, el('h3', {}, label.title || titleOf(label.label)), el('code', {class: 'muted'}, label.label), el('p', {class: 'small'}, label.summary)),
    el('div', {}, label.groups.map((group) => el('div', {}, el('p', {}, el('b', {}, arrows(group.direction)), `: ${people(group.people)}`),
        cut(group.causes, (cause) => causeOf(changes, label.label, cause), (many) => `show ${many} more causes`)))));

// ------------------------------------------------------------------------------------- figures

function figureOf(figure: Changes['figures'][number]): Node {
  const numbers = figure.columns.map((_, i) => figure.rows.every(({before, after}) => [before?.[i], after?.[i]].every((cell) => cell === null || cell === undefined || typeof cell === 'number')));
  const text = (cell: Cell | undefined): string => cell === null || cell === undefined ? '–' : String(cell);
  const cellOf = (before: Cell | undefined, after: Cell | undefined, i: number, both: boolean): HTMLElement => {
    const words = !both || before === after ? [text(before ?? after)] : [el('span', {class: 'muted'}, `${text(before)} → `), el('b', {}, text(after))];
    return figure.key[i] && i === 0 ? el('th', {scope: 'row'}, words) : el('td', {class: numbers[i] ? 'number' : undefined}, words);
  };
  const oneSided = figure.rows.some((row) => !row.before || !row.after);
  return el('div', {style: 'margin-top:1.4rem'}, el('h3', {}, figure.title || figure.figure), figure.in_before && figure.in_after ? null : el('p', {class: 'small'}, figure.in_after ? 'added' : 'removed'),
      el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `Changes: ${figure.title || figure.figure}`}, el('table', {'data-changes': figure.figure},
          el('thead', {}, el('tr', {}, figure.columns.map((name, i) => el('th', {scope: 'col', class: numbers[i] ? 'number' : undefined}, spaced(name))), oneSided && el('th', {scope: 'col'}, 'row'))),
          el('tbody', {}, figure.rows.map(({before, after}) => el('tr', {}, figure.columns.map((_, i) => cellOf(before?.[i], after?.[i], i, !!before && !!after)),
              oneSided && el('td', {class: 'small'}, before ? after ? '' : 'gone' : 'new')))))));
}

export function changesOf(): HTMLElement {
  const changes = study.changes!;
  const total = changes.people;
  const name = (run: Record<string, string>): string => run.rules_title || run.rules || '';
  return el('section', {id: 'changes'}, el('h2', {}, 'What changes'),
      el('p', {}, `From “${name(changes.before)}” to “${name(changes.after)}”: ${total ? `${total.toLocaleString('en')} of ${study.people.toLocaleString('en')} people have another label.` : 'nobody has another label.'}`),
      el('h3', {style: 'margin-top:1.4rem'}, 'In the rules'),
      changes.rules.length ? cut(changes.rules, (rule) => el('li', {}, arrows(rule.text), ' ', placesOf(rule), rule.decides ? null : el('span', {class: 'small muted'}, ' · changes nobody’s label')), (many) => `show ${many} more changes`) : el('p', {}, 'The rules say the same.'),
      changes.labels.length > 0 && el('h3', {style: 'margin:1.8rem 0 .6rem'}, 'Whose labels change, and because of what'), changes.labels.map((label) => labelOf(changes, label)),
      changes.figures.map(figureOf));
}
