// Measures reports in the browser: node measure.mjs REPORT.html... (times in milliseconds)
import {statSync} from 'node:fs';
import {resolve} from 'node:path';
import {launch, open} from './browser.mjs';

const browser = await launch();
const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];

async function times(file, look) {
  const all = [];
  for (let i = 0; i < 5; ++i) {
    const {page, close} = await open(browser, resolve(file), look.hash);
    all.push(await look.time(page));
    await close();
  }
  return Math.round(median(all));
}

for (const file of process.argv.slice(2)) {
  const firstView = await times(file, {hash: '', time: (page) => page.evaluate(() => new Promise((done) => {
    new PerformanceObserver((list) => done(list.getEntriesByName('first-contentful-paint')[0].startTime)).observe({type: 'paint', buffered: true});
  }))});
  const size = `${file}: ${(statSync(file).size / 1e6).toFixed(1)} MB; first view ${firstView}`;
  if (await times(file, {hash: '', time: (page) => page.evaluate(() => document.querySelector('nav a[href="#people"]') ? 1 : 0)}) === 0) {  // a sweep
    const curve = await times(file, {hash: '#curve', time: async (page) => {
      await page.locator('.curve svg').waitFor();
      return await page.evaluate(() => performance.now());
    }});
    const another = await times(file, {hash: '#curve', time: async (page) => {
      await page.locator('.curve svg').waitFor();
      return await page.evaluate(() => new Promise((done) => {
        const start = performance.now();
        new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)))).observe(document.querySelector('.curve'), {childList: true});
        const select = document.getElementById('c-number');
        select.selectedIndex = select.selectedIndex ? 0 : 1;
        select.dispatchEvent(new Event('change'));
      }));
    }});
    console.log(`${size}, the curve ${curve}, another number ${another}`);
    continue;
  }
  const people = await times(file, {hash: '#people', time: async (page) => {
    await page.locator('.list li').first().waitFor();
    return await page.evaluate(() => performance.now());
  }});
  const filter = await times(file, {hash: '#people', time: async (page) => {
    await page.locator('.list li').first().waitFor();
    return await page.evaluate(() => new Promise((done) => {
      const start = performance.now();
      addEventListener('hashchange', () => requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))), {once: true});
      location.hash = '#people&label=technocrat:true';
    }));
  }});
  const person = await times(file, {hash: '#people', time: async (page) => {
    await page.locator('.list li').first().waitFor();
    const start = Date.now();
    await page.locator('.list li a').nth(3).click();
    await page.locator('.record').first().waitFor();
    return Date.now() - start;
  }});
  console.log(`${size}, list of people ${people}, a filter ${filter}, a person ${person}`);
}
await browser.close();
