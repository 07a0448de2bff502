// Takes the screenshots of docs/images: node screenshots.mjs REPORT.html CHANGES.html SWEEP.html FOLDER
import {join, resolve} from 'node:path';
import {launch, open} from './browser.mjs';

const [report, changes, sweep, folder] = process.argv.slice(2);
const wide = {viewport: {width: 1280, height: 760}};
// name, file, address, what is shown at the top, what must be there
const views = [
  ['report-figures', report, '#figure=figure-2', '[id="figure=figure-2"]', '[id="figure=figure-2"] .chart svg', wide],
  ['report-people', report, '#people&label=technocrat:true&era=cc19', 'body', '.list li', wide],
  ['report-person', report, '#person=xu-dazhe', 'body', '.timeline svg', wide],
  ['report-evidence', report, '#person=xu-dazhe&label=stem_trained', '#evidence-stem_trained', '#evidence-stem_trained mark', wide],
  ['report-changes', changes, '#change=technocrat', '[id="change=technocrat"]', '[id="change=technocrat"] summary', wide],
  ['report-curve', sweep, '#curve&claim=promoted-19', '#curve', '.curve svg', {viewport: {width: 1280, height: 1120}}],
  ['report-phone', report, '#person=zhang-qingwei', 'body', '.record', {viewport: {width: 390, height: 780}}],
  ['report-dark', report, '#figure=figure-3', '[id="figure=figure-3"]', '[id="figure=figure-3"] .chart svg', {...wide, colorScheme: 'dark'}],
];

const browser = await launch();
for (const [name, file, hash, top, shown, options] of views) {
  const {page, close} = await open(browser, resolve(file), hash, options);
  await page.locator(shown).first().waitFor();
  if (name === 'report-changes') await page.locator(shown).first().click();
  await page.waitForTimeout(1000);  // charts above grow as they are drawn
  await page.locator(top).first().evaluate((element) => element.scrollIntoView());
  await page.waitForTimeout(400);
  await page.screenshot({path: join(folder, `${name}.png`)});
  await close();
}
await browser.close();
