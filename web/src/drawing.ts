// Charts are drawn when they come near the view, and again when their width changes.

interface Chart { element: HTMLElement; draw: (width: number) => Promise<void> | undefined; width: number }

let charts: Chart[] = [];

function drawOne(chart: Chart, anew = false): void {
  const width = chart.element.clientWidth;
  if (!window.cadreDraw || !width || (!anew && Math.abs(width - chart.width) < 8)) return;
  chart.width = width;
  void chart.draw(width);
}

const near = (element: HTMLElement): boolean => element.getBoundingClientRect().top < innerHeight + 600;
const watcher = new IntersectionObserver((entries) => {
  for (const {isIntersecting, target} of entries) {
    const chart = isIntersecting && charts.find((one) => one.element === target);
    if (chart) drawOne(chart);
  }
}, {rootMargin: '600px'});

/** Has a chart drawn into the element: `draw` is told the width. */
export function chart(element: HTMLElement, draw: Chart['draw']): HTMLElement {
  charts.push({element, draw, width: 0});
  watcher.observe(element);
  return element;
}

/** Draws a chart anew, now or when it comes near the view. */
export function redraw(element: HTMLElement): void {
  const chart = charts.find((one) => one.element === element);
  if (!chart) return;
  chart.width = 0;
  if (near(element)) drawOne(chart, true);
}

export const forgetCharts = (): void => { watcher.disconnect(); charts = []; };

export function drawNear(): void {
  for (const one of charts) if (near(one.element)) drawOne(one);
}

window.addEventListener('cadre-charts', drawNear);
window.addEventListener('resize', drawNear);
window.addEventListener('beforeprint', () => { for (const one of charts) drawOne(one); });
