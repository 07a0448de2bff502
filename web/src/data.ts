// What a report holds, as engine/report/ writes it, and how it is unpacked.

export interface Sentence { text: string; label?: string; lists?: string[]; parts?: Sentence[] }

export interface Label {
  name: string; title?: string; note?: string; kind: 'plain' | 'category' | 'number' | 'date';
  lexicon?: string; file?: string; line?: number; yes: number; no: number; unknown: number;
  definition?: Sentence;
}

export type Cell = string | number | null;

export interface Column {
  name: string; key: boolean; measured: boolean; published: boolean; share?: [string, string];
}

export interface Figure {
  figure: string; title: string; note: string; sql: string;
  published: {source: string; note: string; approximate: boolean} | null;
  columns: Column[];
  rows: {only_published: boolean; measured: Cell[]; published: Cell[]}[];
  people: (number[] | null)[][];
  chart: Record<string, unknown> | null;
  /** Why the figure could not be computed. */
  error?: string;
}

export interface Era {
  scheme: string; id: string; label?: string; leader?: string; from_date: string; to_date?: string;
}

export interface Place { file: string; line: number }

/** Words that speak for a label on one side only. */
export interface ChangedWords { words: string; row: string; start: string; end: string; category: string; place: Place | null }

export interface ChangedPerson {
  person: number; before: string; after: string; reason: string; lost: ChangedWords[]; gained: ChangedWords[];
}

export interface Changes {
  before: Record<string, string>; after: Record<string, string>; people: number;
  rules: {text: string; before: Place | null; after: Place | null; decides: boolean}[];
  labels: {label: string; title: string; summary: string; groups: {
    direction: string; people: number;
    /** `sets`: of changes of the rules, each of which suffices. */
    causes: {sets: number[][]; smallest: boolean; people: number; /** in the packet `changed` */ at: number}[];
  }[]}[];
  figures: {figure: string; title: string; in_before: boolean; in_after: boolean; columns: string[]; key: boolean[];
    rows: {before: Cell[] | null; after: Cell[] | null}[]}[];
}

export interface SweepCell {
  cell: number; figure: string; row: string; column: string; specifications: number;
  least?: number; median?: number; most?: number; baseline?: number; published?: number;
  /** By axis: the share of its variance that the axis explains; not there when it does not move. */
  explained?: number[];
}

export interface Sweep {
  about: Record<string, string>;
  axes: {axis: string; title?: string; note?: string; alternatives: {alternative: string; title?: string; note?: string; as_it_is: number}[]}[];
  claims: {claim: string; title?: string; note?: string; cell?: number; holds: number; fails: number; unknown: number; baseline: string; explained?: number[]}[];
  figures: {figure: string; title?: string; note?: string; published?: string}[];
  cells: SweepCell[];
  failures: {failure: string; specifications: number}[];
}

export interface Study {
  run: Record<string, string>;
  people: number;
  parameters: {name: string; value: string; file?: string; line?: number}[];
  inputs: {role: string; path: string; bytes: number; sha256: string}[];
  schemes: {scheme: string; title?: string; as_of?: string}[];
  eras: Era[];
  columns: {table: string; column: string; logical: string; language?: string; kind: string}[];
  tables: Table[];
  units: {id: string; name: string}[];
  categories: {lexicon: string; category: string; title?: string; group?: string}[];
  labels: Label[];
  figures: Figure[];
  unknowns: {label: string; missing: {what: string; people: number[]}[]}[];
  changes?: Changes;
  sweep?: Sweep;
}

export interface LabelColumn {
  truth: string; values?: (number | string | null)[]; categories?: string[]; high?: (string | null)[];
}

export interface People {
  ids: string[]; packet: number;
  names: {language: string; values: string[]}[];
  birth: string[];
  labels: Record<string, LabelColumn>;
  posts: {person: number[]; unit: (string | null)[]; office: (string | null)[]; start: (string | null)[]; end: (string | null)[]};
  eras: {person: number[]; era: string[]};
  /** label, step, depth, path, text, refers_to, file, line */
  steps: [string, number, number, string | null, string, string | null, string | null, number | null][];
  /** lexicon, category, term, file, line */
  terms: [string, string, string, string | null, number | null][];
}

/** table, row, met, years, lacks, words (column, begin, end, term; again and again) */
export type EvidenceRow = [number, number, string, number | null, number | null, number[]];
/** step, value, measured, rows */
export type EvidenceStep = [number, string, number | null, EvidenceRow[]];

/** The rows of each table under its name, and what holds of the person. */
export interface Person {
  rows: Record<string, (string | number)[][] | undefined>;
  labels?: Record<string, EvidenceStep[]>;
}
export interface Packet { texts: string[]; people: Record<string, Person> }

export interface Lexicon {
  name: string; title: string;
  categories: {path: string; title: string; group: string; terms: Record<string, string[]>}[];
}

export type DrawChart = (spec: Record<string, unknown>, element: HTMLElement, width: number,
    onClick: (row: number, column: number) => void) => Promise<void>;
/** Traditional characters, each followed by its Simplified form; put in by build.mjs. */
declare global { const HAN_VARIANTS: string; interface Window { cadreDraw?: DrawChart } }

/** A part of the report that lies packed in the page; waits until the page has been read to it. */
export async function unpack<T>(name: string): Promise<T> {
  let element = document.getElementById(name);
  if (!element && document.readyState === 'loading') {
    await new Promise((done) => document.addEventListener('DOMContentLoaded', done, {once: true}));
    element = document.getElementById(name);
  }
  const text = atob(element?.textContent ?? '');
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; ++i) bytes[i] = text.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return await new Response(stream).json() as T;
}

/** A report on a sweep alone has no more than `run` and `sweep`. */
export const study: Study = {
  people: 0, parameters: [], inputs: [], schemes: [], eras: [], columns: [], tables: [], units: [], categories: [], labels: [], figures: [], unknowns: [],
  ...JSON.parse(document.getElementById('study')!.textContent!) as Pick<Study, 'run'>,
};
export const ofSweepAlone = !!study.sweep && !study.labels.length;

const labelByName = new Map(study.labels.map((label) => [label.name, label]));
export const labelOf = (name: string): Label | undefined => labelByName.get(name);
export const titleOf = (name: string): string => labelByName.get(name)?.title ?? name.replaceAll('_', ' ');

/** A table of the schema; the first is of people. `unit` and `office`: the columns that tell its offices apart. */
export interface Table { name: string; title: string; start?: string; end?: string; offices: boolean; unit?: string; office?: string }
export const tables = study.tables;
/** The first table of offices, after whose columns the filters are named. */
export const officeTable = tables.find((table) => table.offices);

const unitNames = new Map(study.units.map((one) => [one.id, one.name]));
export const unitName = (id: string): string => unitNames.get(id) ?? id;
export const spaced = (text: string): string => text.replaceAll('_', ' ');
/** "party secretary of Hunan"; either may be missing. */
export const officeOf = (office: string | null, unit: string | null): string =>
  [office === null ? '' : spaced(office), unit === null ? '' : unitName(unit)].filter((one) => one).join(' of ');

const categoryTitles = new Map(study.categories.map((one) => [`${one.lexicon}/${one.category}`, one.title]));
export const categoryName = (lexicon: string | undefined, path: string): string =>
  categoryTitles.get(`${lexicon}/${path}`) || spaced(path).replaceAll('/', ' › ');
