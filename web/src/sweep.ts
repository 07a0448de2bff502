// A sweep: the choices, the claims, how far each figure moves, and the specification curve.
import {address, href} from './address';
import {spaced, type Sweep, type SweepCell, study, unpack} from './data';
import {el, prose, svg} from './dom';
import {chart, redraw} from './drawing';
import {curveChart, nameWidth, type Curve, type Row} from './curve';

const sweep = study.sweep!;
const total = Number(sweep?.about.specifications ?? 0);

/** A number as it is read: without digits that say nothing. */
const number = (value: number | undefined): string => value === undefined ? '–' : value.toLocaleString('en', {maximumFractionDigits: 2});
const percent = (share: number): string => `${(share * 100).toLocaleString('en', {maximumFractionDigits: 1})}%`;
const count = (many: number): string => many.toLocaleString('en');
const axisName = (at: number): string => sweep.axes[at]!.title || spaced(sweep.axes[at]!.axis);
const alternativeName = (axis: number, at: number): string => {
  const one = sweep.axes[axis]?.alternatives[at];
  return one ? one.title || spaced(one.alternative) : '?';
};
const figureTitle = (name: string): string => sweep.figures.find((one) => one.figure === name)?.title || name;
const claimTitle = (claim: Sweep['claims'][number]): string => claim.title || spaced(claim.claim);
const cellLink = (cell: SweepCell, more: Record<string, string> = {}): string =>
  href({curve: '', figure: cell.figure, row: cell.row, column: cell.column, ...more});

/** "Who is a technocrat, 63%": the axis that moves something most. */
function mover(explained: number[] | undefined): string {
  if (!explained?.length) return 'nothing';
  const most = explained.indexOf(Math.max(...explained));
  return `${axisName(most)}, ${percent(explained[most]!)}`;
}

// ------------------------------------------------------------------------------------- tables

const table = (title: string, head: string[][], body: Node[], attributes: Record<string, string> = {}): HTMLElement =>
  el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': title}, el('table', attributes,
      el('thead', {}, el('tr', {}, head.map(([name, kind]) => el('th', {scope: 'col', class: kind}, name)))), body));

const verdicts: Record<string, string> = {true: 'holds', false: 'fails', unknown: 'not known'};

const claimsOf = (): Node => table('Claims', [['claim', ''], ['as it is', 'nowrap'], ['holds', ''], ['in', 'number'], ['fails', 'number'], ['not known', 'number'], ['moved most by', '']],
    [el('tbody', {}, sweep.claims.map((claim) => {
      const all = Math.max(1, claim.holds + claim.fails + claim.unknown);
      const part = (many: number, name: string): HTMLElement => el('span', {class: name, style: `width:${100 * many / all}%`});
      const cell = sweep.cells.find((one) => one.cell === claim.cell);
      return el('tr', {}, el('th', {scope: 'row', class: 'words', title: claim.note}, cell ? el('a', {href: cellLink(cell, {claim: claim.claim})}, claimTitle(claim)) : claimTitle(claim)),
          el('td', {}, verdicts[claim.baseline] ?? ''),
          el('td', {class: 'share'}, el('div', {class: 'split', 'aria-hidden': 'true'}, part(claim.holds, 'yes'), part(claim.unknown, 'unknown'), part(claim.fails, 'no'))),
          el('td', {class: 'number nowrap'}, percent(claim.holds / all), ' ', el('span', {class: 'of'}, `${count(claim.holds)} of ${count(all)}`)),
          el('td', {class: 'number'}, count(claim.fails)), el('td', {class: 'number'}, count(claim.unknown)), el('td', {class: 'words'}, mover(claim.explained)));
    }))], {'data-table': 'claims'});

/** From the least to the most, on the scale of the column: the median, the rules as they are, what the study says. */
function range(cell: SweepCell, low: number, high: number): SVGElement {
  const at = (value: number): number => high > low ? 4 + 152 * (value - low) / (high - low) : 80;
  const {least, most, median, baseline, published} = cell;
  return svg('svg', {class: 'range', viewBox: '0 0 160 16', width: 160, height: 16, 'aria-hidden': 'true'},
      least !== undefined && svg('rect', {class: 'span', x: at(least), y: 5, width: Math.max(1, at(most!) - at(least)), height: 6}),
      median !== undefined && svg('rect', {class: 'median', x: at(median) - 1, y: 2, width: 2, height: 12}),
      baseline !== undefined && svg('circle', {class: 'baseline', cx: at(baseline), cy: 8, r: 3.5}),
      published !== undefined && svg('path', {class: 'published', d: `M${at(published)} 3l5 5l-5 5l-5-5z`}));
}

function rangesOf(figure: string): Node {
  const cells = sweep.cells.filter((one) => one.figure === figure);
  const columns = [...new Set(cells.map((one) => one.column))];
  const published = cells.some((one) => one.published !== undefined);
  const head: string[][] = [['row', ''], ['as it is', 'number'], ...(published ? [['published', 'number published']] : []), ['range', ''], ['least', 'number'], ['median', 'number'], ['most', 'number'], ['moved most by', '']];
  return table(`Ranges: ${figureTitle(figure)}`, head, columns.map((column) => {
    const own = cells.filter((one) => one.column === column);
    const all = own.flatMap((one) => [one.least, one.most, one.baseline, one.published]).filter((one): one is number => one !== undefined);
    const [low, high] = [Math.min(...all), Math.max(...all)];
    return el('tbody', {}, el('tr', {}, el('th', {scope: 'rowgroup', colspan: head.length, class: 'group'}, spaced(column))),
        own.map((cell) => el('tr', {}, el('th', {scope: 'row'}, el('a', {href: cellLink(cell)}, cell.row)), el('td', {class: 'number'}, number(cell.baseline)),
            published && el('td', {class: 'number published'}, cell.published === undefined ? '' : number(cell.published)),
            el('td', {}, range(cell, low, high)), el('td', {class: 'number'}, number(cell.least)), el('td', {class: 'number'}, number(cell.median)), el('td', {class: 'number'}, number(cell.most)),
            el('td', {class: 'words'}, mover(cell.explained)))));
  }), {'data-figure': figure});
}

/** For each figure and axis the mean of the shares of variance that the axis explains, over the cells that move. */
const moversOf = (): Node => table('What moves the figures', [['figure', ''], ['cells that move', 'number'], ...sweep.axes.map((_, i) => [axisName(i), 'number words'])],
    [el('tbody', {}, sweep.figures.map(({figure}) => {
      const cells = sweep.cells.filter((one) => one.figure === figure);
      const moving = cells.filter((one) => one.explained?.length);
      const shares = sweep.axes.map((_, i) => moving.reduce((sum, one) => sum + one.explained![i]!, 0) / Math.max(1, moving.length));
      const most = Math.max(...shares);
      return el('tr', {}, el('th', {scope: 'row', class: 'words'}, figureTitle(figure)), el('td', {class: 'number'}, `${moving.length} of ${cells.length}`),
          shares.map((share) => el('td', {class: 'number'}, moving.length ? el(share === most ? 'b' : 'span', {}, percent(share)) : '')));
    }))], {'data-table': 'movers'});

const choicesOf = (): Node[] => sweep.axes.map((axis, i) => el('section', {class: 'definition', id: `axis=${axis.axis}`},
    el('div', {}, el('h3', {}, axisName(i)), el('code', {class: 'muted'}, axis.axis)),
    el('div', {}, axis.note && el('p', {}, prose(axis.note)), el('ul', {}, axis.alternatives.map((one, j) => el('li', {},
        alternativeName(i, j), one.title ? [' ', el('code', {class: 'muted'}, one.alternative)] : null, one.as_it_is ? el('span', {class: 'muted'}, ' · the rules as they are') : null,
        one.note ? el('div', {class: 'small muted'}, prose(one.note)) : null))))));

// ------------------------------------------------------------------------------------- the curve

interface Choices { numbers: string[]; axes: number[][] }
type Holds = Record<string, string>;
let choices: Choices | undefined;
let holds: Holds | undefined;
let curve: Curve | undefined;
let at = 0;  // the specification that is looked at, by its place on the curve

const drawing = el('div', {class: 'chart curve', role: 'img'});
const caption = el('h3', {style: 'margin-top:1.2rem'});
const marker = el('div', {class: 'marker', 'aria-hidden': 'true'});
const stage = el('div', {class: 'stage'}, drawing, marker);
const slider = el('input', {type: 'range', id: 'specification', min: 1, input: () => show(Number(slider.value) - 1)});
const said = el('output', {for: 'specification', class: 'small said'});
const byChoice = el('div', {});
const numberSelect = el('select', {id: 'c-number', change: () => choose('cell', numberSelect.value)});
const claimSelect = el('select', {id: 'c-claim', change: () => choose('claim', claimSelect.value)});
const withSelect = el('select', {id: 'c-with', change: () => choose('with', withSelect.value)});

const cellKey = (cell: SweepCell): string => String(cell.cell);

/** Puts a choice of the reader into the address, and shows it. */
function choose(name: 'cell' | 'claim' | 'with', value: string): void {
  const now = asked();
  let cell = name === 'cell' ? sweep.cells.find((one) => cellKey(one) === value) : now.cell;
  let claim = name === 'claim' ? value : now.claim?.claim ?? '';
  if (name === 'claim' && value) cell = sweep.cells.find((one) => one.cell === sweep.claims.find((other) => other.claim === value)?.cell) ?? cell;
  if (name === 'cell' && now.claim && now.claim.cell !== cell?.cell) claim = '';
  const chosen = name === 'with' ? value : address().get('with') ?? '';
  if (cell) history.replaceState(null, '', cellLink(cell, {...(claim && {claim}), ...(chosen && {with: chosen})}));
  void showCurve();
}

/** What the address asks for; without it, the cell that the sweep names. */
function asked(): {cell?: SweepCell; claim?: Sweep['claims'][number]; axis: number; alternative: number} {
  const words = address();
  const of = (name: string): string => words.has('curve') ? words.get(name) ?? '' : '';
  const claim = sweep.claims.find((one) => one.claim === of('claim'));
  const cell = sweep.cells.find((one) => one.figure === of('figure') && one.row === of('row') && one.column === of('column')) ??
    sweep.cells.find((one) => one.cell === (claim?.cell ?? Number(sweep.about.curve ?? sweep.claims[0]?.cell ?? 0))) ?? sweep.cells[0];
  const [name, chosen] = of('with').split(':');
  const axis = sweep.axes.findIndex((one) => one.axis === name);
  return {cell, claim, axis, alternative: axis < 0 ? -1 : sweep.axes[axis]!.alternatives.findIndex((one) => one.alternative === chosen)};
}

const median = (sorted: number[]): number => {
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
};

/** What the alternatives of each axis come to, in numbers. */
function byChoiceOf(now: Curve, claim?: Sweep['claims'][number]): Node {
  const head = [['choice', ''], ['specifications', 'number'], ['least', 'number'], ['median', 'number'], ['most', 'number'], ...(claim ? [['claim holds', 'number']] : [])];
  return table('By choice', head, sweep.axes.map((axis, a) => el('tbody', {}, el('tr', {}, el('th', {scope: 'rowgroup', colspan: head.length, class: 'group'}, axisName(a))),
      axis.alternatives.map((one, b) => {
        const own = now.rows.filter((row) => row.choices[a] === b);
        const kept = own.filter((row) => row.holds === 't').length;
        return el('tr', {}, el('th', {scope: 'row', class: 'words'}, el('a', {href: cellLink(now.cell, {...(claim && {claim: claim.claim}), with: `${axis.axis}:${one.alternative}`})}, alternativeName(a, b))),
            el('td', {class: 'number'}, count(own.length)), ...(own.length ? [own[0]!.value, median(own.map((row) => row.value)), own[own.length - 1]!.value].map((value) => el('td', {class: 'number'}, number(value))) : [el('td', {}), el('td', {}), el('td', {})]),
            claim && el('td', {class: 'number'}, own.length ? [percent(kept / own.length), ' ', el('span', {class: 'of'}, `${count(kept)} of ${count(own.length)}`)] : ''));
      }))), {'data-table': 'choices'});
}

/** Where the curve itself lies, without the names beside it. */
const plotOf = (): DOMRect | undefined => drawing.querySelector('.mark-group.role-scope path.background')?.getBoundingClientRect();

/** Tells of one specification, and marks it on the chart. */
function show(place: number): void {
  if (!curve?.rows.length) return;
  at = Math.min(Math.max(0, place), curve.rows.length - 1);
  const row = curve.rows[at]!;
  slider.value = String(at + 1);
  const verdict = row.holds === ' ' ? '' : {t: 'the claim holds', f: 'the claim fails', u: 'the claim is not known'}[row.holds];
  slider.setAttribute('aria-valuetext', `${at + 1} of ${curve.rows.length}: ${number(row.value)}`);
  said.replaceChildren(el('b', {}, number(row.value)), ` · ${count(at + 1)} of ${count(curve.rows.length)}, specification ${row.number}${verdict ? ` · ${verdict}` : ''}`,
      el('ul', {class: 'made'}, row.choices.map((one, axis) => el('li', {}, el('span', {class: 'muted'}, `${axisName(axis)}: `), alternativeName(axis, one)))));
  const plot = plotOf();
  marker.hidden = !plot;
  if (!plot) return;
  marker.style.left = `${plot.left - stage.getBoundingClientRect().left + plot.width * (at + 0.5) / curve.rows.length}px`;
}

function pointed(event: PointerEvent): void {
  const plot = plotOf();
  if (!plot || !curve || (event.type === 'pointermove' && event.pointerType !== 'mouse')) return;
  const share = (event.clientX - plot.left) / plot.width;
  if (share >= 0 && share <= 1) show(Math.floor(share * curve.rows.length));
}
stage.addEventListener('pointermove', pointed);
stage.addEventListener('click', (event) => pointed(event as PointerEvent));

async function showCurve(): Promise<void> {
  const {cell, claim, axis, alternative} = asked();
  if (!cell) return;
  choices ??= await unpack<Choices>('sweep-choices');
  holds ??= await unpack<Holds>('sweep-claims');
  const values = await unpack<(number | null)[]>(`curve-${cell.cell}`);
  const letters = claim ? holds[claim.claim] ?? '' : '';
  const rows: Row[] = values.flatMap((value, i) => value === null ? [] : [{
    value, number: choices!.numbers[i]!, choices: choices!.axes.map((one) => one[i]!), holds: (letters[i] ?? ' ') as Row['holds'],
    lit: axis < 0 || choices!.axes[axis]![i] === alternative,
  }]);
  rows.sort((a, b) => a.value - b.value);  // stable: equal ones stay in the order of their numbers
  curve = {cell, rows, claim: claim ? claimTitle(claim) : undefined, chosen: [axis, alternative]};
  caption.textContent = `${figureTitle(cell.figure)}: ${spaced(cell.column)}, ${cell.row}`;
  numberSelect.value = cellKey(cell);
  claimSelect.value = claim?.claim ?? '';
  withSelect.value = axis < 0 ? '' : address().get('with')!;
  slider.max = String(Math.max(1, rows.length));
  drawing.setAttribute('aria-label', `Specification curve of ${cell.column}, ${cell.row}, ${figureTitle(cell.figure)}: ${rows.length} specifications from ${number(cell.least)} to ${number(cell.most)}. The slider tells of each, the table below of each choice.`);
  byChoice.replaceChildren(byChoiceOf(curve, claim));
  const base = cell.baseline === undefined ? -1 : rows.findIndex((row) => row.value >= cell.baseline! - 1e-9);
  at = base < 0 ? rows.length >> 1 : base;
  show(at);
  redraw(drawing);
}

function curveOf(): HTMLElement {
  const field = (id: string, title: string, control: HTMLElement): HTMLElement => el('div', {}, el('label', {for: id}, title), control);
  numberSelect.replaceChildren(...sweep.figures.map(({figure}) => el('optgroup', {label: figureTitle(figure)},
      sweep.cells.filter((one) => one.figure === figure).map((cell) => el('option', {value: cellKey(cell)}, `${figure}: ${spaced(cell.column)}, ${cell.row}`)))));
  claimSelect.replaceChildren(el('option', {value: ''}, 'none'), ...sweep.claims.map((one) => el('option', {value: one.claim}, claimTitle(one))));
  withSelect.replaceChildren(el('option', {value: ''}, 'all'), ...sweep.axes.map((axis, a) => el('optgroup', {label: axisName(a)},
      axis.alternatives.map((one, b) => el('option', {value: `${axis.axis}:${one.alternative}`}, `${axisName(a)}: ${alternativeName(a, b)}`)))));
  chart(drawing, (width) => {
    if (!curve) return undefined;
    const inner = el('div', {'aria-hidden': 'true'});
    stage.parentElement?.style.setProperty('--names', `${nameWidth(width)}px`);
    return window.cadreDraw!(curveChart(curve, sweep, width), inner, width, () => undefined).then(() => { drawing.replaceChildren(inner); show(at); });
  });
  void showCurve();
  return el('section', {id: 'curve'}, el('h2', {}, 'Specification curve'),
      el('p', {class: 'muted'}, 'Every specification by what it comes to, from the lowest to the highest; below, which choices it made. Move over the chart, or use the slider, to see one.'),
      el('div', {class: 'filters chosen'}, field('c-number', 'Number', numberSelect), sweep.claims.length > 0 && field('c-claim', 'Claim', claimSelect), field('c-with', 'Only with', withSelect)),
      caption, stage, el('div', {class: 'no-print slider'}, el('label', {for: 'specification', class: 'small muted'}, 'Specification'), slider), said,
      el('details', {}, el('summary', {}, 'What each choice comes to, in numbers'), byChoice));
}

// ------------------------------------------------------------------------------------- all of it

export const sweepParts: [string, string][] = sweep ? [...(sweep.claims.length ? [['Claims', '#claims'] as [string, string]] : []), ['Curve', '#curve'], ['Ranges', '#ranges'], ['Choices', '#choices']] : [];

/** The parts of a report that a sweep has. */
export function sweepSections(): HTMLElement[] {
  const legend = el('div', {class: 'legend', 'aria-hidden': 'true'}, el('span', {}, el('i', {class: 'span'}), 'least to most'), el('span', {}, el('i', {class: 'median'}), 'median'),
      el('span', {}, el('i', {class: 'dot'}), 'as it is'), sweep.cells.some((one) => one.published !== undefined) && el('span', {}, el('i', {class: 'diamond'}), 'published'));
  return [
    ...(sweep.claims.length ? [el('section', {id: 'claims'}, el('h2', {}, 'Which claims hold'),
        el('p', {class: 'muted'}, 'In how many of these specifications each claim comes out as the study has it. It is no probability. A claim leads to the curve of its number.'), claimsOf())] : []),
    curveOf(),
    el('section', {id: 'ranges'}, el('h2', {}, 'How far the figures move'), el('p', {class: 'muted'}, 'What moves a number is told as the share of its variance that a choice explains by itself (eta squared).'), legend,
        sweep.figures.filter(({figure}) => sweep.cells.some((one) => one.figure === figure)).map((one) => el('figure', {id: `range=${one.figure}`}, el('figcaption', {}, el('h3', {}, figureTitle(one.figure))), rangesOf(one.figure),
            one.note && el('p', {class: 'small muted'}, prose(one.note)), one.published && el('p', {class: 'small muted'}, `Published: ${one.published}.`))),
        el('h3', {style: 'margin-top:2rem'}, 'What moves the figures'), el('p', {class: 'muted'}, 'The mean of the shares over the numbers that move.'), moversOf()),
    el('section', {id: 'choices'}, el('h2', {}, 'The choices'), el('p', {class: 'muted'}, 'One alternative of each makes a specification. Changes are made in this order; where two change the same thing, the later one counts.'), choicesOf(),
        sweep.failures.length > 0 && el('div', {class: 'missing'}, el('p', {}, 'Some specifications could not be computed:'), el('ul', {}, sweep.failures.map((one) => el('li', {}, `${count(one.specifications)}: ${one.failure}`))))),
  ];
}

/** How many specifications, of how many combinations of which choices. */
export function sweepInWords(): string {
  const all = Number(sweep.about.combinations ?? total);
  const failed = Number(sweep.about.failed ?? 0);
  return `${count(total)} specifications, ${all > total ? `drawn from ${count(all)} combinations` : 'all combinations'} of ${count(sweep.axes.length)} choices${failed ? `; ${count(failed)} of them could not be computed` : ''}.`;
}

/** The head of a report on a sweep alone. */
export function sweepHead(): HTMLElement {
  const {about} = sweep;
  const always = sweep.claims.filter((one) => one.fails === 0 && one.unknown === 0).length;
  return el('header', {}, el('p', {class: 'kicker'}, about.data_title || about.data), el('h1', {}, about.title || about.sweep),
      el('p', {class: 'standfirst'}, `${about.rules_title || about.rules}: ${sweepInWords()}`),
      about.note && about.note.split(/\n\s*\n/).map((part) => el('p', {class: 'muted'}, prose(part))),
      el('ul', {class: 'numbers'}, el('li', {}, el('b', {}, count(total)), ' specifications'), el('li', {}, el('b', {}, count(sweep.axes.length)), ' choices'),
          el('li', {}, el('b', {}, count(sweep.claims.length)), ' claims'), sweep.claims.length > 0 && el('li', {}, el('b', {}, count(always)), ' of them hold in all')));
}

export const sweepSources = (): HTMLElement => el('section', {id: 'sources'}, el('h2', {}, 'How this was made'),
    el('p', {}, `Made by ${sweep.about.engine}. The same rules, sweep and data give the same report.`),
    table('Sources', [['role', ''], ['name', ''], ['SHA-256', '']], [el('tbody', {}, [['rules and sweep', `${sweep.about.rules}, ${sweep.about.sweep}`, sweep.about.rules_sha256], ['data', sweep.about.data, sweep.about.data_sha256]].map(([role, name, hash]) =>
      el('tr', {}, el('td', {class: 'muted'}, role), el('th', {scope: 'row'}, name), el('td', {}, el('code', {}, hash)))))]));

/** Follows the address to another curve. */
export function followAddress(): void { if (address().has('curve')) void showCurve(); }
