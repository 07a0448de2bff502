// Shows the part of the report that the address asks for: #figure=..., #people&label=..., #person=...
import {ofSweepAlone, study} from './data';
import {el} from './dom';
import {showArticle} from './article';
import {showPeople} from './people';
import {showPerson} from './person';
import {address} from './address';
import {sweepParts} from './sweep';

const main = document.getElementById('main')!;
const nav = document.getElementById('nav')!;
const parts: [string, string][] = ofSweepAlone ? [...sweepParts, ['Sources', '#sources']] : [
  ['Figures', '#figures'], ...(study.changes ? [['Changes', '#changes'] as [string, string]] : []), ...(study.sweep ? [['Sweep', '#sweep'] as [string, string]] : []),
  ['People', '#people'], ['Definitions', '#definitions'], ['Not known', '#unknown'], ['Sources', '#sources'],
];
/** Which part of the report something that has an address of its own is in. */
const partOf: Record<string, string> = {figure: 'figures', label: 'definitions', change: 'changes', range: 'ranges', axis: 'choices'};
let shown = '';

function go(): void {
  const at = address();
  const view = ofSweepAlone ? 'article' : at.has('person') ? 'person' : at.has('people') ? 'people' : 'article';
  const key = view === 'person' ? `person=${at.get('person')}` : view;
  const fresh = key !== shown;
  shown = key;
  const title = view === 'person' ? showPerson(main, at, fresh) :
    view === 'people' ? showPeople(main, at, fresh) : showArticle(main, at, fresh);
  document.title = title;
  const first = [...at.keys()][0] ?? parts[0]![1].slice(1);
  const part = view === 'article' ? partOf[first] ?? first : 'people';
  nav.replaceChildren(...parts.map(([name, href]) => el('a', {href, 'aria-current': part === href.slice(1) ? 'page' : undefined}, name)));
}

window.addEventListener('hashchange', () => {
  const before = shown;
  go();
  if (shown !== before) { if (!address().size || !document.querySelector(':target')) window.scrollTo(0, 0); main.focus({preventScroll: true}); }
});
document.querySelector('.skip')!.addEventListener('click', (event) => { event.preventDefault(); main.focus(); });
go();
