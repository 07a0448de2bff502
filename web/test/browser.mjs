// What the tests share: the built cadre, and Debian's Chromium without a network.
import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {chromium} from 'playwright-core';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const binary = process.env.CADRE_BINARY ?? join(root, 'build/release/cadre');

/** Runs cadre and gives what it printed. */
export function cadre(...words) {
  return execFileSync(binary, words, {cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit']});
}

/** The same for a command that ends with 1, since what it compares differs. */
export function differing(...words) {
  try { cadre(...words); } catch (error) { if (error.status === 1) return error.stdout; throw error; }
  throw new Error('nothing differs');
}

/** A folder of its own, and how to remove it. */
export function folder() {
  const path = mkdtempSync(join(tmpdir(), 'cadre-report-'));
  return {path, remove: () => rmSync(path, {recursive: true, force: true})};
}

export async function launch() {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
  if (!executablePath) throw new Error('Chromium is not installed: apt-get install chromium');
  return await chromium.launch({
    executablePath,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** Opens a report; `problems` collects scripts' errors and every request but the one for the file. */
export async function open(browser, file, hash = '', options = {}) {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...options});
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const address = pathToFileURL(file).href;
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
  page.on('request', (request) => { if (request.url().split('#')[0] !== address) problems.push('asks for ' + request.url()); });
  await page.goto(address + hash);
  return {page, problems, close: () => context.close()};
}
