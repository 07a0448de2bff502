// Drawing Vega-Lite specifications. A script of its own, so that the page shows before it runs.
import {parse, View, Warn} from 'vega';
import {expressionInterpreter} from 'vega-interpreter';
import {compile, type TopLevelSpec} from 'vega-lite';
import type {DrawChart} from './data';

/** The page's colours, which follow light, dark and paper by themselves. */
const style = {
  'measured': {color: 'var(--accent)'},
  'measured-label': {color: 'var(--ink)'},
  'measured-inside': {color: 'var(--on-accent)'},
  'published': {color: 'var(--ink)'},
  'published-label': {color: 'var(--ink)'},
  'published-inside': {color: 'var(--on-accent)'},
};
const axis = {
  labelColor: 'var(--muted)', titleColor: 'var(--muted)', gridColor: 'var(--line)',
  domainColor: 'var(--muted)',
};
const range = {category: [1, 2, 3, 4, 5, 6].map((i) => `var(--series-${i})`)};

type Config = Record<string, Record<string, object>>;

const draw: DrawChart = async (spec, element, width, onClick) => {
  const config = (spec.config ?? {}) as Config;
  // A chart of several parts has worked out how wide they are.
  const size = spec.vconcat ? {} : {
    width, height: Math.max(180, Math.min(280, width / 2)), autosize: {type: 'fit-x', contains: 'padding'},
  };
  const themed = {
    ...spec,
    ...size,
    title: undefined,
    config: {
      ...config,
      axis: {...config.axis, ...axis},
      legend: {...config.legend, labelColor: 'var(--muted)'},
      range,
      style: Object.fromEntries(Object.entries(style).map(
          ([name, colours]) => [name, {...config.style?.[name], ...colours}])),
    },
  };
  const view = new View(parse(compile(themed as unknown as TopLevelSpec).spec, undefined, {ast: true}), {
    renderer: 'svg', container: element, hover: true, logLevel: Warn, expr: expressionInterpreter,
  });
  view.addEventListener('click', (_event, item) => {
    const datum = item?.datum as {row?: number; column?: number} | undefined;
    if (datum?.row !== undefined && datum.column !== undefined) onClick(datum.row, datum.column);
  });
  await view.runAsync();
};

window.cadreDraw = draw;
window.dispatchEvent(new Event('cadre-charts'));
