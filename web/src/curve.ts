// The specification curve as Vega-Lite: what specifications come to above, their choices below.
import {spaced, type Sweep, type SweepCell} from './data';

/** One specification. `holds`: t, f, u, or a blank when no claim was asked for. */
export interface Row { value: number; number: string; choices: number[]; holds: 't' | 'f' | 'u' | ' '; lit: boolean }

export interface Curve {
  cell: SweepCell;
  rows: Row[];                 // from the lowest
  claim?: string;              // its title, when the rows say whether it holds
  chosen: [number, number];    // an axis and its alternative that is lit; -1: all
}

type Json = Record<string, unknown>;

const kLine = 15;       // of the lower part, in pixels
const kPoints = 1500;   // more would not be told apart
const kShades = 4;

/** Neighbours in which equally many specifications made a choice, as one piece. */
function pieces(rows: Row[], columns: number, made: (row: Row) => boolean): {from: number; to: number; shade: number}[] {
  const out: {from: number; to: number; shade: number}[] = [];
  for (let column = 0; column < columns; ++column) {
    const from = Math.floor(column * rows.length / columns);
    const to = Math.floor((column + 1) * rows.length / columns);
    let sum = 0;
    for (let i = from; i < to; ++i) if (made(rows[i]!)) ++sum;
    const shade = Math.ceil(sum / (to - from) * kShades) / kShades;
    const last = out[out.length - 1];
    if (last && last.to === from && last.shade === shade) last.to = to;
    else if (shade) out.push({from, to, shade});
  }
  return out;
}

/** The lower part's lines: a heading for each axis, then its alternatives. */
function lines(curve: Curve, sweep: Sweep): {key: string; words: string; head: boolean; made?: (row: Row) => boolean}[] {
  const out: ReturnType<typeof lines> = [];
  if (curve.claim) {
    out.push({key: 'h-claim', words: 'The claim', head: true}, {key: 'holds', words: 'holds', head: false, made: (row) => row.holds === 't'});
  }
  sweep.axes.forEach((axis, a) => {
    out.push({key: `h-${a}`, words: axis.title || spaced(axis.axis), head: true});
    axis.alternatives.forEach((one, b) => out.push({key: `${a}-${b}`, words: one.title || spaced(one.alternative), head: false, made: (row) => row.choices[a] === b}));
  });
  return out;
}

/** How wide the names beside the chart are. */
export const nameWidth = (width: number): number => Math.round(Math.min(310, width * 0.36));

export function curveChart(curve: Curve, sweep: Sweep, width: number): Json {
  const {cell, rows} = curve;
  const names = nameWidth(width);
  const plot = Math.max(100, width - names - 14);
  const all = lines(curve, sweep);
  const columns = Math.min(rows.length, Math.floor(plot / 1.5));
  const step = Math.max(1, rows.length / kPoints);
  const points: Json[] = [];
  for (let i = 0; i < rows.length; i += step) {
    const row = rows[Math.floor(i)]!;
    points.push({place: Math.floor(i) + 0.5, value: row.value, holds: row.holds, lit: row.lit});
  }
  const strips = all.flatMap(({key, made}) => made ? pieces(rows, columns, made).map((one) => ({...one, line: key})) : []);
  const x = {field: 'place', type: 'quantitative', scale: {domain: [0, rows.length], nice: false}, axis: null};
  const values = [cell.baseline, cell.published, rows[0]?.value, rows[rows.length - 1]?.value].filter((one): one is number => one !== undefined);
  const y = {field: 'value', type: 'quantitative', title: spaced(cell.column), scale: {domain: [Math.min(...values), Math.max(...values)], zero: false, nice: true},
    axis: {minExtent: names, maxExtent: names, tickCount: 5}};
  const marks = ([['as it is', cell.baseline, 'var(--series-2)', [5, 3]], ['published', cell.published, 'var(--ink)', [1, 0]]] as const)
      .flatMap(([words, value, colour, dash]) => value === undefined ? [] : [{words: `${words} ${Number(value.toFixed(2))}`, value, colour, dash}])
      .sort((a, b) => b.value - a.value);
  const size = Math.max(5, Math.min(40, (plot / Math.max(1, rows.length)) ** 2 * 4));
  const colour = curve.claim ? {condition: {test: "datum.holds === 't'", value: 'var(--accent)'}, value: 'var(--series-5)'} : {value: 'var(--accent)'};
  const chosen = `${curve.chosen[0]}-${curve.chosen[1]}`;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
    spacing: 10,
    vconcat: [{
      width: plot, height: 210,
      layer: [
        ...marks.map((one) => ({data: {values: [one]}, mark: {type: 'rule', color: one.colour, strokeDash: one.dash}, encoding: {y}})),
        {data: {values: points}, mark: {type: 'circle', size, clip: false}, encoding: {x, y, color: colour, opacity: {condition: {test: 'datum.lit', value: 1}, value: 0.12}}},
        ...marks.map((one, i) => ({data: {values: [{...one, place: 0}]}, mark: {type: 'text', align: 'left', dx: 4, dy: i === 0 ? -7 : 9, color: 'var(--ink)', fontWeight: 600}, encoding: {x, y, text: {field: 'words'}}})),
      ],
    }, {
      width: plot, height: kLine * all.length,
      data: {values: strips},
      mark: {type: 'rect', color: 'var(--accent)', height: kLine - 5},
      encoding: {
        x: {...x, field: 'from'}, x2: {field: 'to'},
        y: {
          field: 'line', type: 'nominal', title: null, scale: {domain: all.map((one) => one.key)},
          axis: {
            minExtent: names, maxExtent: names, labelLimit: names - 8, grid: false, domain: false, ticks: false,
            labelExpr: `${JSON.stringify(Object.fromEntries(all.map((one) => [one.key, one.words])))}[datum.value]`,
            labelFontWeight: {condition: {test: `slice(datum.value, 0, 2) === 'h-' || datum.value === '${chosen}'`, value: 600}, value: 400},
          },
        },
        opacity: {field: 'shade', type: 'quantitative', scale: {domain: [0, 1], range: [0, 1]}, legend: null},
      },
    }],
    config: {
      font: "system-ui, 'Helvetica Neue', Arial, 'PingFang SC', 'Noto Sans CJK SC', sans-serif", background: 'transparent', view: {stroke: null},
      axis: {titleFontWeight: 'normal', labelFontSize: 12, titleFontSize: 12, ticks: false, labelPadding: 6},
      axisY: {domain: false, titleAngle: 0, titleAlign: 'left', titleAnchor: 'end', titleX: 0, titleY: -14},
    },
  };
}
