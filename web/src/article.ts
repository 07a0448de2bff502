// The article: what was asked, the figures, what changed, the definitions, what is not known, the sources.
import {href} from './address';
import {type Column, type Figure, type Label, type Lexicon, type Sentence, labelOf, ofSweepAlone, spaced, study, titleOf, unpack} from './data';
import {el, prose} from './dom';
import {chart, drawNear, forgetCharts} from './drawing';
import {loadPeople, nameOf, type Index} from './index';
import {changesOf} from './changes';
import {followAddress, sweepHead, sweepInWords, sweepSections, sweepSources} from './sweep';

const plural = (n: number, one: string, many: string): string => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
const text = (value: unknown): string => value === null || value === undefined ? '' : String(value);

// ------------------------------------------------------------------------------------- figures

const unitOf = (figure: Figure, column: Column): string => {
  const chart = figure.chart as {layer?: {encoding?: {y?: {title?: string}}}[]} | null;
  return column.share || chart?.layer?.[0]?.encoding?.y?.title === `${column.name}, %` ? '%' : '';
};

const isNumber = (figure: Figure, at: number): boolean =>
  figure.rows.every((row) => [row.measured[at], row.published[at]].every((cell) => cell === null || typeof cell === 'number'));

function cellOf(figure: Figure, row: number, at: number, index?: Index): HTMLElement {
  const column = figure.columns[at]!;
  const cells = figure.rows[row]!.only_published && column.key ? figure.rows[row]!.published : figure.rows[row]!.measured;
  const value = text(cells[at]);
  const people = figure.people[row]?.[at];
  const tag = column.key && at === 0 ? 'th' : 'td';
  const number = isNumber(figure, at);
  const element = el(tag, {class: number ? 'number' : undefined, scope: tag === 'th' ? 'row' : undefined});
  if (people?.length && value) {
    const keys = figure.columns.flatMap((one, i) => one.key ? [text(cells[i])] : []).join(', ');
    element.append(el('a', {
      href: href({people: '', figure: figure.figure, row: String(row), column: column.name}),
      'aria-label': `${value}${unitOf(figure, column)}, ${column.name}, ${keys}: show the people`,
    }, value + unitOf(figure, column)));
  } else if (index && index.byName.has(value)) {
    element.append(el('a', {href: href({person: index.ids[index.byName.get(value)!]!})}, value));
  } else {
    element.append(value + (value && number ? unitOf(figure, column) : ''));
  }
  if (column.share && value) {
    const [part, whole] = column.share.map((name) => cells[figure.columns.findIndex((one) => one.name === name)]);
    element.append(' ', el('span', {class: 'of'}, `${part} of ${whole}`));
  }
  return element;
}

function tableOf(figure: Figure, index?: Index): HTMLElement {
  const head = figure.columns.flatMap((column, i) => {
    const number = isNumber(figure, i) ? 'number' : undefined;
    const cells = column.measured || column.key ? [el('th', {scope: 'col', class: number}, spaced(column.name))] : [];
    if (column.published) cells.push(el('th', {scope: 'col', class: `published ${number ?? ''}`}, cells.length ? 'published' : `${spaced(column.name)}, published`));
    return cells;
  });
  const rows = figure.rows.map((row, r) => el('tr', {}, figure.columns.flatMap((column, i) => {
    const cells = column.measured || column.key ? [cellOf(figure, r, i, index)] : [];
    if (column.published) {
      const value = text(row.published[i]);
      cells.push(el('td', {class: `published ${isNumber(figure, i) ? 'number' : ''}`}, value && value + unitOf(figure, column)));
    }
    return cells;
  })));
  return el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `Table: ${figure.title}`},
      el('table', {'data-figure': figure.figure}, el('thead', {}, el('tr', {}, head)), el('tbody', {}, rows)));
}

const chartOf = (figure: Figure): HTMLElement => {
  const element = el('div', {class: 'chart', role: 'img', 'aria-label': `Chart: ${figure.title}. The table has its numbers.`});
  return chart(element, (width) => {
    const inner = el('div', {'aria-hidden': 'true'});
    return window.cadreDraw!(figure.chart!, inner, width, (row, at) => {
      if (figure.people[row]?.[at]?.length) location.hash = href({people: '', figure: figure.figure, row: String(row), column: figure.columns[at]!.name});
    }).then(() => element.replaceChildren(inner));
  });
};

function figureOf(figure: Figure, index?: Index): HTMLElement {
  const published = figure.published;
  const has = figure.rows.some((row) => figure.columns.some((column, i) => column.published && row.published[i] !== null));
  return el('figure', {id: `figure=${figure.figure}`},
      el('figcaption', {}, el('h3', {}, el('a', {href: href({figure: figure.figure}), style: 'color:inherit;text-decoration:none'}, figure.title))),
      el('div', {class: figure.chart && figure.columns.reduce((sum, column) => sum + 1 + Number(column.published) + Number(!!column.share), 0) <= 6 ? 'pair' : 'pair single'},
          figure.chart && el('div', {},
              has && el('div', {class: 'legend', 'aria-hidden': 'true'}, el('span', {}, el('i'), 'measured'), el('span', {}, el('i', {class: 'published'}), 'published')),
              chartOf(figure)),
          figure.error ? el('p', {class: 'missing'}, 'This figure cannot be computed of these data: ', figure.error) : tableOf(figure, index)),
      figure.note && el('p', {class: 'small muted'}, prose(figure.note)),
      published && el('p', {class: 'small muted'}, `Published: ${published.source}${published.approximate ? ' (approximate)' : ''}. `, prose(published.note)),
      el('details', {class: 'no-print'}, el('summary', {}, 'How it is counted (SQL)'), el('pre', {}, figure.sql)));
}

// ------------------------------------------------------------------------------------- definitions

function sentenceOf(sentence: Sentence): (Node | string)[] {
  const words: (Node | string)[] = [];
  const title = sentence.label ? titleOf(sentence.label) : '';
  const at = title ? sentence.text.indexOf(title) : -1;
  if (at >= 0) {
    words.push(sentence.text.slice(0, at), el('a', {href: href({label: sentence.label!})}, title), sentence.text.slice(at + title.length));
  } else {
    words.push(sentence.text);
  }
  if (sentence.parts) words.push(el('ul', {}, sentence.parts.map((part) => el('li', {}, sentenceOf(part)))));
  return words;
}

function splitOf(label: Label): HTMLElement {
  const all = Math.max(1, label.yes + label.no + label.unknown);
  const part = (count: number, name: string): HTMLElement => el('span', {class: name, style: `width:${100 * count / all}%`});
  const link = (count: number, value: string, words: string): Node => count ?
    el('a', {href: href({people: '', label: `${label.name}:${value}`})}, `${count.toLocaleString('en')} ${words}`) : document.createTextNode(`0 ${words}`);
  const [yes, no] = label.kind === 'plain' ? ['yes', 'no'] : ['with a value', 'without'];
  return el('div', {class: 'small'},
      el('div', {class: 'split', 'aria-hidden': 'true'}, part(label.yes, 'yes'), part(label.unknown, 'unknown'), part(label.no, 'no')),
      link(label.yes, 'true', yes), ' · ', link(label.no, 'false', no), ' · ', link(label.unknown, 'unknown', 'not known'));
}

const placeOf = (file?: string | null, line?: number | null): HTMLElement | null =>
  file ? el('span', {class: 'place'}, `${file}:${line ?? ''}`) : null;

const definitionOf = (label: Label): HTMLElement => el('section', {class: 'definition', id: `label=${label.name}`},
    el('div', {}, el('h3', {}, label.title ?? spaced(label.name)), el('code', {class: 'muted'}, label.name), splitOf(label)),
    el('div', {}, label.note && el('p', {}, prose(label.note)),
        label.definition && el('div', {class: 'sentence'}, sentenceOf(label.definition)), placeOf(label.file, label.line)));

function listsOf(): HTMLElement {
  const body = el('div', {});
  const details = el('details', {class: 'no-print'}, el('summary', {}, 'All word lists'), body);
  details.addEventListener('toggle', () => {
    if (!details.open || body.firstChild) return;
    void unpack<Lexicon[]>('lexicons').then((lexicons) => body.append(...lexicons.flatMap((lexicon) => [
      el('h3', {style: 'margin-top:1.5rem'}, lexicon.title || spaced(lexicon.name)),
      el('ul', {class: 'small'}, lexicon.categories.filter((one) => Object.keys(one.terms).length).map((one) => el('li', {},
          el('b', {}, spaced(one.path || lexicon.name).replaceAll('/', ' › ')), one.group ? ` (${one.group})` : '', ': ',
          Object.entries(one.terms).map(([language, terms]) => `${/^(except|pattern|near|not near)/.test(language) ? language + ': ' : ''}${terms.join(', ')}`).join('; ')))),
    ])));
  });
  return details;
}

// ------------------------------------------------------------------------------------- the rest

function names(people: number[], index: Index | undefined, limit = 40): HTMLElement {
  const shown = people.slice(0, limit);
  return el('ul', {class: 'names'}, shown.map((one) => el('li', {}, index ?
      el('a', {href: href({person: index.ids[one]!})}, nameOf(index, one)) : '…')),
  people.length > limit ? el('li', {class: 'muted'}, `and ${people.length - limit} more`) : null);
}

const unknownsOf = (index?: Index): HTMLElement[] => study.unknowns.map((unknown) => {
  const all = unknown.missing.reduce((sum, one) => sum + one.people.length, 0);
  return el('details', {class: 'verdict'}, el('summary', {}, el('b', {}, titleOf(unknown.label)), ` — not known of ${all} of ${study.people}: `,
      unknown.missing.slice(0, 3).map((one) => `${one.what} (${one.people.length})`).join(', ')),
  unknown.missing.map((one) => el('div', {}, el('p', {class: 'small'}, el('b', {}, one.what), `, ${plural(one.people.length, 'person', 'people')}`), names(one.people, index))),
  el('p', {}, el('a', {href: href({people: '', label: `${unknown.label}:unknown`})}, 'Show them in the list of people')));
});

const sourcesOf = (): HTMLElement => el('section', {id: 'sources'}, el('h2', {}, 'How this was made'),
    el('p', {}, `Made by ${study.run.engine}. The same rules and data give the same report. These are all files that were read, with the SHA-256 of their bytes.`),
    Object.keys(study.run).some((key) => key.startsWith('option.')) && el('p', {}, 'Options: ', Object.entries(study.run).filter(([key]) => key.startsWith('option.')).map(([key, value]) => `${key.slice(7)} ${value}`).join(', ')),
    study.parameters.length > 0 && el('p', {}, 'Parameters: ', study.parameters.map((one, i) => [i ? ', ' : '', el('code', {}, `${one.name} = ${one.value}`)])),
    el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Files'}, el('table', {},
        el('thead', {}, el('tr', {}, ['role', 'file', 'bytes', 'SHA-256'].map((name) => el('th', {scope: 'col', class: name === 'bytes' ? 'number' : undefined}, name)))),
        el('tbody', {}, study.inputs.map((one) => el('tr', {}, el('td', {class: 'muted'}, one.role), el('th', {scope: 'row'}, one.path),
            el('td', {class: 'number'}, one.bytes.toLocaleString('en')), el('td', {}, el('code', {}, one.sha256))))))));

/** What a sweep of the same rules says, behind the figures of the run. */
const sweepOf = (): Node[] => study.sweep ? [
  el('section', {id: 'sweep'}, el('h2', {}, 'Under other definitions'), el('p', {}, el('b', {}, study.sweep.about.title || study.sweep.about.sweep), `: ${sweepInWords()}`),
      study.sweep.about.note && el('p', {class: 'muted'}, prose(study.sweep.about.note))),
  ...sweepSections()] : [];

function article(index?: Index): Node[] {
  if (ofSweepAlone) return [sweepHead(), ...sweepSections(), sweepSources()];
  // What the first figure is about: the label that its SQL names last.
  const sql = study.figures[0]?.sql ?? '';
  const first = study.labels.filter((label) => label.kind === 'plain' && new RegExp(`\\b${label.name}\\b`).test(sql)).pop() ?? study.labels[0];
  return [
    el('header', {id: 'figures'}, el('p', {class: 'kicker'}, study.run.data_title || study.run.data, study.run.data_as_of ? `, as of ${study.run.data_as_of}` : ''),
        el('h1', {}, study.run.rules_title || study.run.rules),
        study.run.rules_note && study.run.rules_note.split(/\n\s*\n/).map((part, i) => el('p', {class: i ? 'muted' : 'standfirst'}, prose(part))),
        el('ul', {class: 'numbers'}, el('li', {}, el('b', {}, study.people.toLocaleString('en')), ' people'),
            first && el('li', {}, el('b', {}, first.yes.toLocaleString('en')), ` ${first.title ?? first.name}: yes`),
            first && el('li', {}, el('b', {}, first.unknown.toLocaleString('en')), ' not known'),
            el('li', {}, el('b', {}, study.figures.length), ' figures'))),
    el('section', {}, el('h2', {}, 'Figures'), study.figures.length ? el('p', {class: 'muted'}, 'Choose a number, or a bar, to see the people whom it counts.') : el('p', {}, 'The rules name no figures.'),
        study.figures.map((figure) => figureOf(figure, index))),
    ...(study.changes ? [changesOf()] : []),
    ...sweepOf(),
    el('section', {id: 'definitions'}, el('h2', {}, 'What the words mean here'), el('p', {class: 'muted'}, 'Made from the rules themselves, in their order.'), study.labels.map(definitionOf), listsOf()),
    el('section', {id: 'unknown'}, el('h2', {}, 'What is not known'),
        el('p', {}, study.unknowns.length ? 'A row that is missing from the record is not a no. These labels could be neither confirmed nor denied.' : 'Every label is known of everybody.'), unknownsOf(index)),
    sourcesOf(),
  ];
}

export function showArticle(main: HTMLElement, at: URLSearchParams, fresh: boolean): string {
  if (fresh) {
    forgetCharts();
    main.replaceChildren(...article(loadPeople.ready));
    if (!loadPeople.ready && !ofSweepAlone) {
      void loadPeople().then((index) => {  // names become links once people are there
        if (!main.querySelector('#sources')) return;
        for (const figure of study.figures) {
          if (!figure.people.some((row) => row.some((cell) => cell))) main.querySelector(`[data-figure="${CSS.escape(figure.figure)}"]`)?.parentElement?.replaceWith(tableOf(figure, index));
        }
        main.querySelector('#unknown')?.querySelectorAll('details').forEach((old, i) => old.replaceWith(unknownsOf(index)[i]!));
        drawNear();
      });
    }
    drawNear();
  } else if (study.sweep) {
    followAddress();
  }
  const [name, value] = [...at.entries()][0] ?? ['', ''];
  if (name) requestAnimationFrame(() => document.getElementById(value ? `${name}=${value}` : name)?.scrollIntoView());
  return (ofSweepAlone && study.run.title) || study.run.rules_title || study.run.rules || 'cadre';
}

export {placeOf, labelOf};
