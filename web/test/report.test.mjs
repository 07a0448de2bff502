// The report as a reader has it: in a browser, from the disk, without a network.
import assert from 'node:assert/strict';
import {mkdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {after, before, test} from 'node:test';
import {cadre, differing, folder, launch, open, root} from './browser.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const here = folder();
const run = join(here.path, 'run.sqlite');
const report = join(here.path, 'report.html');
let browser;

before(async () => {
  cadre('classify', 'rules/macropolo-2022.yaml', 'datasets/provincial-leaders', '-o', run, '--quiet');
  cadre('report', run, '-o', report);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  here.remove();
});

/** Opens the report, looks, and wants neither errors nor requests. */
async function look(hash, see, options = {}, file = report) {
  const {page, problems, close} = await open(browser, file, hash, options);
  await see(page);
  assert.deepEqual(problems, []);
  await close();
}

test('a report is one file below five megabytes, the same each time', () => {
  assert.ok(statSync(report).size < 5e6);
  assert.ok(readFileSync(report).equals(Buffer.from(cadre('report', run, '-o', '-'))));
});

test('tables and charts show the numbers that cadre figures prints', async () => {
  const figures = JSON.parse(cadre('figures', run, '--format', 'json'));
  await look('', async (page) => {
    for (const figure of figures) {
      const cells = await page.locator(`table[data-figure="${figure.figure}"] tbody tr`).evaluateAll(
          (rows) => rows.map((row) => [...row.cells].map((cell) => cell.firstChild?.textContent.replace(/%$/, '') ?? '')));
      const wanted = figure.rows.map((row) => Object.entries(row)
          .filter(([name]) => !name.endsWith('_difference')).map(([, value]) => value === null ? '' : String(value)));
      assert.deepEqual(cells, wanted, figure.figure);
    }
    await page.locator('[id="figure=figure-2"]').scrollIntoViewIfNeeded();
    const chart = page.locator('[id="figure=figure-2"] .chart svg');
    await chart.waitFor();
    const words = await chart.locator('text').allTextContents();
    for (const row of figures.find((one) => one.figure === 'figure-2').rows) assert.ok(words.includes(`${row.share}%`), `${row.share}% in ${words}`);
    assert.ok(words.join(' ').includes('17 of 33'));
  });
});

test('a number leads to the people whom it counts, and a bar to the same', async () => {
  await look('#figure=figure-2', async (page) => {
    await page.locator('[id="figure=figure-2"]').getByRole('link', {name: '17, technocrats, 19th CC: show the people'}).click();
    await page.getByText('17 of 361 people').waitFor();
    await page.goBack();
    const bar = page.locator('[id="figure=figure-2"] .chart .mark-rect path').nth(5);
    await bar.click();
    await page.getByText('17 of 361 people').waitFor();
    assert.match(page.url(), /figure=figure-2&row=5&column=share/);
  });
});

test('a person shows why, with the matched words marked in both languages', async () => {
  await look('#people', async (page) => {
    await page.getByLabel('Search').fill('xudazhe');
    await page.getByText('1 of 361 people').waitFor();
    // Traditional characters, the accents of pinyin, full width and case make no difference.
    for (const query of ['許達哲', 'Xǔ Dázhé', 'ＸＵ　ＤＡ', '许达', 'xu-da zhe', 'lü zushan', 'lv zushan', 'Lu Zushan', '呂祖善', '许达哲']) {
      await page.getByLabel('Search').fill('');
      await page.getByText('361 people', {exact: true}).waitFor();
      await page.getByLabel('Search').fill(query);
      await page.getByText('1 of 361 people').waitFor();
    }
    await page.getByRole('link', {name: /Xu Dazhe 许达哲/}).click();
    await page.getByRole('heading', {name: /Xu Dazhe/}).waitFor();
    const marks = await page.locator('.record mark').allTextContents();
    assert.ok(marks.includes('机械'), String(marks));
    assert.ok(marks.includes('mechanical'));
    await page.locator('#evidence-stem_trained summary').first().click();
    const why = page.locator('#evidence-stem_trained');
    assert.match(await why.innerText(), /lexicons\/stem-fields\.yaml:\d+/);
    assert.ok(await page.locator('.timeline rect.bar.spoke').count() > 10);
    assert.ok(await page.locator('.timeline rect.era').count() > 5);
  });
});

test('a deep link opens a person at a label, also one whom nobody knows', async () => {
  await look('#person=fu-xishou&label=technocrat', async (page) => {
    await page.getByText('What is missing').waitFor();
    assert.match(await page.locator('.missing').innerText(), /Technocrat: no education rows/);
    assert.ok(await page.locator('#evidence-technocrat').evaluate((element) => element.open));
  });
  await look('#person=nobody', async (page) => { await page.getByText('Nobody of that name').waitFor(); });
});

test('filters narrow the list, stand in the address and count what they would leave', async () => {
  const wanted = JSON.parse(cadre('query', run, `SELECT count(DISTINCT person) AS n FROM post_eras
    JOIN labels_wide USING (person) WHERE technocrat AND era = 'cc19' AND province = 'hunan'`, '--format', 'json'))[0].n;
  await look('#people&label=technocrat:true', async (page) => {
    await page.getByText('141 of 361 people').waitFor();
    await page.getByLabel('In office in').selectOption('cc19');
    await page.getByText('37 of 361 people').waitFor();
    const option = await page.getByLabel('Province').locator('option[value=hunan]').innerText();
    await page.getByLabel('Province').selectOption('hunan');
    const count = Number(/\((\d+)\)/.exec(option)[1]);
    await page.getByText(`${count} of 361 people`).waitFor();
    assert.ok(count >= wanted && wanted > 0);
    assert.match(page.url(), /label=technocrat:true&era=cc19&province=hunan/);
    await page.getByRole('link', {name: /Remove the filter Technocrat/}).click();
    await page.waitForFunction(() => !location.hash.includes('technocrat'));
  });
});

test('it prints: all charts are drawn, and a page comes out', async () => {
  await look('', async (page) => {
    const paper = await page.pdf({format: 'A4'});
    assert.ok(paper.length > 50_000 && paper.subarray(0, 4).toString() === '%PDF');
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.masthead')).display), 'block');
    await page.emulateMedia({media: 'print'});
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.masthead')).display), 'none');
  });
});

/** axe finds nothing, of whatever severity, and nothing is wider than the window. `rules`: axe's choice of rules. */
async function fair(page, what, {within = 'html', rules = {}} = {}) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe);
  const found = await page.evaluate(([place, only]) => window.axe.run(place, {resultTypes: ['violations'], ...only}), [within, rules]);
  assert.deepEqual(found.violations.map((one) => `${one.impact} ${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 150)).join(' ; ')}`), [], what);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${what}: ${wide} pixels too wide`);
}

/** The same in light, in the dark, and on a phone. */
async function fairEverywhere(page, what, {phone = true} = {}) {
  await fair(page, `${what}, light`);
  await page.emulateMedia({colorScheme: 'dark'});
  await fair(page, `${what}, dark`, {rules: {runOnly: ['color-contrast', 'link-in-text-block']}});
  await page.emulateMedia({colorScheme: 'light'});
  if (!phone) return;
  await page.setViewportSize({width: 390, height: 800});
  await fair(page, `${what}, on a phone`, {rules: {runOnly: ['scrollable-region-focusable', 'target-size', 'meta-viewport']}});  // all that size decides
  await page.setViewportSize({width: 1280, height: 900});
}

test('axe finds no fault, whether light, dark or on a phone', async () => {
  await look('', async (page) => {
    await page.locator('.chart svg').first().waitFor();
    await fairEverywhere(page, 'the article');
    for (const [hash, shown, phone] of [['#people&era=cc19', '.list li', true], ['#person=xu-dazhe&label=stem_trained', '.record', true], ['#person=fu-xishou', '.missing', false], ['#person=nobody', 'main h1', false]]) {
      await page.evaluate((to) => { location.hash = to; }, hash);
      await page.locator(shown).first().waitFor();
      await fairEverywhere(page, hash, {phone});
    }
  }, {bypassCSP: true});
});

test('whatever the data holds is shown as text', async () => {
  const bad = ['<img src=x onerror="window.broken=1">', '</script><script>window.broken=1</script>', '<!--<script>', '\u2028\u0007&lt;{{style}}<!--cadre:people-->'];
  const person = {
    id: 'hostile', name_en: bad[0], name_zh: bad[1], birth: '1960',
    education: [{start: '1978', end: '1982', field_en: `physics ${bad[0]}`, institution_en: bad[2], degree: 'bachelor', mode: 'full-time'}],
    career: [{start: '1982', end: '1990', org_en: `machinery plant ${bad[1]}`, role_en: `engineer ${bad[3]}`}],
    posts: [{province: 'hunan', office: 'governor', start: '1998', end: '2001'}],
  };
  const data = join(here.path, 'people.jsonl');
  writeFileSync(data, JSON.stringify(person) + '\n');
  const hostile = join(here.path, 'hostile.sqlite');
  const page = join(here.path, 'hostile.html');
  cadre('classify', 'rules/macropolo-2022.yaml', data, '-o', hostile, '--quiet');
  cadre('report', hostile, '-o', page);
  for (const hash of ['', '#people', '#person=hostile']) {
    await look(hash, async (view) => {
      await view.waitForFunction(() => document.querySelector('main h1'));
      if (hash) await view.getByText(bad[0], {exact: false}).first().waitFor();
      if (!hash) await view.getByText('This figure cannot be computed of these data').first().waitFor();
      if (hash === '#person=hostile') for (const text of bad.slice(1, 3)) await view.locator('.record').getByText(text).first().waitFor();
      assert.equal(await view.evaluate(() => window.broken), undefined);
      assert.equal(await view.locator('main img, main script').count(), 0);
    }, {}, page);
  }
});

test('a report on a study with a schema of its own speaks in its words', async () => {
  const study = join(here.path, 'chambers');
  for (const [, name, text] of readFileSync(join(root, 'docs/schemas.md'), 'utf8').matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```/gm)) {
    mkdirSync(dirname(join(study, name)), {recursive: true});
    writeFileSync(join(study, name), text);
  }
  const result = join(study, 'run.sqlite');
  const page = join(study, 'report.html');
  cadre('classify', join(study, 'rules.yaml'), join(study, 'data'), '-o', result, '--quiet');
  cadre('report', result, '-o', page);
  await look('#people', async (view) => {
    await view.locator('.list li').first().waitFor();
    assert.match(await view.locator('.list').innerText(), /upper of The North 1994–2000/);
    for (const filter of ['Region', 'Chamber']) await view.getByText(filter, {exact: true}).first().waitFor();
    assert.doesNotMatch(await view.locator('main').innerText(), /[Pp]rovinc|pinyin|姓名/);
  }, {}, page);
  await look('#person=abel', async (view) => {
    await view.locator('.record').first().waitFor();
    assert.deepEqual(await view.locator('h3').allInnerTexts(), ['Jobs', 'Seats']);
    assert.equal(await view.locator('.timeline rect.bar').count(), 4);
  }, {}, page);
  await look('#label=lawyer', async (view) => {
    await view.getByText('before the first seat').first().waitFor();
    await view.getByText('there is a job').first().waitFor();
  }, {}, page);
});

test('a report on two runs says what cadre diff says: who changed, because of what, and the figures', async () => {
  const strict = join(here.path, 'strict.sqlite');
  const changes = join(here.path, 'changes.html');
  cadre('classify', 'rules/technocrats/strict.yaml', 'datasets/provincial-leaders', '-o', strict, '--quiet');
  cadre('report', run, strict, '-o', changes);
  const diff = JSON.parse(differing('diff', run, strict, '--format', 'json'));
  await look('#changes', async (page) => {
    const section = page.locator('#changes');
    await section.getByText(`${new Set(diff.labels.flatMap((label) => label.people.map((one) => one.person))).size} of 361 people have another label`).waitFor();
    await fair(page, 'changes', {within: '#changes', rules: {rules: {'color-contrast': {enabled: false}}}});
    await fair(page, 'a change', {within: '[id="change=technocrat"]'});
    const words = await section.innerText();
    for (const {text, before, after} of diff.changes) {
      assert.ok(words.includes(`${text.replaceAll('->', '→')} ${before.file}:${before.line} → ${after.file}:${after.line}`), text);
    }
    for (const label of diff.labels) {
      const own = section.locator(`[id="change=${label.label}"]`);
      const gone = label.people.filter((one) => one.before === 'true' && one.after === 'false').length;
      if (gone) await own.getByText(`true → false: ${gone} `).waitFor();
    }
    // One person: the cause, and the words that were lost, with the line of the rule.
    const [label, wanted] = diff.labels.flatMap((one) => one.people.filter((person) => person.lost.length && person.causes.length === 1).map((person) => [one, person]))[0];
    const own = section.locator(`[id="change=${label.label}"]`);
    await own.locator('summary').evaluateAll((all) => all.forEach((one) => one.click()));
    const link = page.locator(`a[href*="person=${wanted.person}&"]`);
    const entry = own.locator('li li').filter({has: link});
    const lost = wanted.lost[0];
    const because = await own.locator('ul > li').filter({has: link}).first().locator('p').first().innerText();
    assert.ok(because.startsWith(`because ${diff.changes[wanted.causes[0][0]].text.replaceAll('->', '→')}`), because);
    await entry.locator('mark', {hasText: lost.words}).first().waitFor();
    assert.ok((await entry.innerText()).includes(`${lost.place.file}:${lost.place.line}`));
    for (const figure of diff.figures.filter((one) => one.differs)) {
      const cells = await section.locator(`table[data-changes="${figure.figure}"] tbody tr`).evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText)));
      const shown = (value) => value === null || value === undefined ? '–' : String(value);
      const rows = figure.rows.map(({before, after}) => Object.keys(after ?? before).map((name) => !before || !after ? shown((after ?? before)[name]) :
        before[name] === after[name] ? shown(after[name]) : `${shown(before[name])} → ${shown(after[name])}`));
      assert.deepEqual(cells.map((row, i) => row.slice(0, rows[i].length)), rows, figure.figure);
    }
    await entry.getByRole('link').first().click();
    await page.locator('.record').first().waitFor();
  }, {bypassCSP: true}, changes);
});

const sweepFile = `sweep: choices
cadre: 1
title: What <b>two</b> choices do
axes:
  years: {title: Least years of work, param: min_years, values: [1, 2, 3, 5, 8]}
  degree: {title: Least degree, param: min_degree, values: [associate, bachelor, master]}
figures: [figure-1, figure-2]
curve: {figure: figure-2, column: share, row: 19th CC}
claims:
  trough: {title: The 17th is the lowest, figure: figure-1, column: technocrats, row: 17th CC, is: lowest}
  promoted-19: {title: More than half of the promotions, figure: figure-2, column: share, row: 19th CC, at_least: 50}
`;

test('a report on a sweep says what cadre sweep says, and its curve tells of every specification', async () => {
  const [sweep, result, file] = ['sweep.yaml', 'sweep.sqlite', 'sweep.html'].map((name) => join(here.path, name));
  writeFileSync(sweep, sweepFile);
  const told = JSON.parse(cadre('sweep', 'rules/macropolo-2022.yaml', sweep, 'datasets/provincial-leaders', '-o', result, '--format', 'json'));
  cadre('report', result, '-o', file);
  const rounded = (value) => value === undefined || value === null ? '–' : Number(value).toLocaleString('en', {maximumFractionDigits: 2});
  await look('', async (page) => {
    await page.getByRole('heading', {name: 'What <b>two</b> choices do'}).waitFor();
    const claims = await page.locator('table[data-table=claims] tbody tr').evaluateAll((rows) => rows.map((row) => row.cells[3].innerText));
    assert.deepEqual(claims, told.claims.map((one) => `${one['holds %']}% ${one.holds} of 15`));
    for (const figure of ['figure-1', 'figure-2']) {
      const rows = await page.locator(`table[data-figure="${figure}"] tbody tr:not(:has(.group))`).evaluateAll((all) => all.map((row) => {
        const cells = [...row.cells].map((cell) => cell.innerText.trim());
        return [cells[0], cells[1], ...cells.slice(-4, -1)];
      }));
      const wanted = told.cells.filter((one) => one.figure === figure).map((one) => [one.row, ...[one.baseline, one.least, one.median, one.most].map(rounded)]);
      assert.deepEqual(rows.sort(), wanted.sort(), figure);
    }
    // The published number stands beside, and a row leads to its curve.
    const row = page.locator('table[data-figure=figure-2] tbody').filter({has: page.locator('.group', {hasText: /^share$/})}).locator('tr', {hasText: '17th CC'});
    assert.equal(await row.locator('td.published').innerText(), '14');
    await row.getByRole('link').click();
    await page.locator('.curve svg text', {hasText: 'published 14'}).waitFor();

    await page.evaluate(() => { location.hash = '#curve&claim=promoted-19'; });
    const curve = page.locator('.curve svg');
    await curve.locator('text', {hasText: 'The claim'}).waitFor();
    const words = (await curve.locator('text').allTextContents()).join('\n');
    for (const name of ['as it is 51.5', 'Least years of work', 'bachelor']) assert.ok(words.includes(name), words);
    assert.equal(await curve.locator('.mark-symbol path').count(), told.curve.length);
    // The keyboard goes along the curve: the first and the last specification, with their choices.
    const slider = page.getByRole('slider', {name: 'Specification'});
    const said = page.locator('output');
    for (const [key, at] of [['Home', 0], ['ArrowRight', 1], ['End', 14]]) {
      await slider.press(key);
      const {outcome, specification, years, degree} = told.curve[at];
      const expected = `${rounded(outcome)} · ${at + 1} of 15, specification ${specification} · the claim ${outcome >= 50 ? 'holds' : 'fails'}\nLeast years of work: ${years}\nLeast degree: ${degree}`;
      assert.equal(await said.innerText(), expected);
    }
    // So does the mouse.
    await curve.evaluate((element) => element.scrollIntoView({block: 'center'}));
    const plot = await curve.locator('.mark-group.role-scope path.background').first().boundingBox();
    await page.mouse.move(plot.x + 2, plot.y + plot.height / 2);
    assert.match(await said.innerText(), /· 1 of 15/);
    // An alternative by itself: what it comes to, and a link that another reader can follow.
    await page.getByLabel('Only with').selectOption('years:8');
    assert.match(page.url(), /claim=promoted-19&with=years:8/);
    await page.getByText('What each choice comes to, in numbers').click();
    const eight = told.curve.filter((one) => one.years === '8');
    const cells = await page.locator('table[data-table=choices] tr', {has: page.getByRole('link', {name: '8', exact: true})}).locator('td').allInnerTexts();
    assert.deepEqual([cells[0], cells[1], cells[3]], ['3', rounded(eight[0].outcome), rounded(eight.at(-1).outcome)]);
    await fairEverywhere(page, 'a sweep');
  }, {bypassCSP: true}, file);
  const both = join(here.path, 'both.html');
  cadre('report', run, result, '-o', both);
  await look('#curve', async (page) => {
    await page.getByText('15 specifications, all combinations of 2 choices').waitFor();
    await page.locator('.curve svg').waitFor();
    await page.getByRole('link', {name: 'Figures', exact: true}).click();
    await page.locator('[id="figure=figure-1"] .chart svg').waitFor();
  }, {}, both);
});
