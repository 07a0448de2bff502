// The people, unpacked once, with what finding them needs.
import {type People, unpack} from './data';

export interface Index extends People {
  count: number;
  byId: Map<string, number>;
  /** Names that only one person has. */
  byName: Map<string, number>;
  /** What is searched: id and names, without what may stand between their parts. */
  search: string[];
  /** For each person, the places of the posts in `posts`. */
  postsOf: number[][];
  erasOf: Map<string, Uint8Array>;
}

let simplified: Map<string, string> | undefined;

/** The form in which names are compared: without regard to case, to the accents of pinyin, to Traditional or Simplified characters, and to what may stand between parts of a name. */
export function comparable(text: string): string {
  if (!simplified) {
    const characters = [...HAN_VARIANTS];
    simplified = new Map(characters.flatMap((one, i): [string, string][] => i % 2 ? [] : [[one, characters[i + 1]!]]));
  }
  return text.normalize('NFKC').toLowerCase().normalize('NFD').replace(/[\p{M}\p{Z}\s'’.·\-]/gu, '')
      .replace(/\p{Script=Han}/gu, (one) => simplified!.get(one) ?? one);
}

export const nameOf = (index: Index, person: number): string =>
  names(index, person).join(' ') || index.ids[person]!;

/** English first, where there is one. */
export function names(index: Index, person: number): string[] {
  const order = [...index.names].sort((a, b) => Number(b.language === 'en') - Number(a.language === 'en'));
  return order.map((one) => one.values[person]!).filter((name) => name);
}

function prepare(people: People): Index {
  const count = people.ids.length;
  const byName = new Map<string, number>();
  const twice = new Set<string>();
  for (const {values} of people.names) {
    values.forEach((name, i) => { if (byName.has(name) && byName.get(name) !== i) twice.add(name); byName.set(name, i); });
  }
  for (const name of [...twice, '']) byName.delete(name);
  const postsOf: number[][] = people.ids.map(() => []);
  people.posts.person.forEach((person, i) => postsOf[person]!.push(i));
  const erasOf = new Map<string, Uint8Array>();
  people.eras.person.forEach((person, i) => {
    const era = people.eras.era[i]!;
    if (!erasOf.has(era)) erasOf.set(era, new Uint8Array(count));
    erasOf.get(era)![person] = 1;
  });
  return {
    ...people, count, byName, postsOf, erasOf,
    byId: new Map(people.ids.map((id, i) => [id, i])),
    search: people.ids.map((id, i) => {
      const names = [id, ...people.names.map((one) => one.values[i]!)].join(' ');
      const typed = /ü/iu.test(names) ? comparable(names.replace(/ü/giu, 'v')) : '';  // as keyboards have it
      return `${comparable(names)}\n${typed}\n${id}`;
    }),
  };
}

let loading: Promise<Index> | undefined;

export const loadPeople: {(): Promise<Index>; ready?: Index} = () => {
  loading ??= unpack<People>('people').then((people) => (loadPeople.ready = prepare(people)));
  return loading;
};
