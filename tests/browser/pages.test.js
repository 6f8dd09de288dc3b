// The pages of `onrecord view` and `onrecord report` in a real browser: they render, answer to mouse and keyboard, ask
// the network for nothing, break no rule of axe-core, and no article can act in them.
//
// usage: npm ci && npm test. ONRECORD names the program (else what lies in ../../target), CHROMIUM the browser.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const here = fileURLToPath(new URL('.', import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const HARBOR = `River leaves its banks

More than 1,200 people left their homes on Tuesday after the river Orla broke its banks, Mayor Ana Brandt said.

“We have beds for 900 of them,” she told reporters. Police said 18 people were killed in the flood. The hospital said 25 people were killed in the flood.

“Nobody told us,” the note on the door read.
`;
const HOSTILE = `<script>window.acted = 1</script> <img src="https://evil.example/x" onerror="window.acted = 2">

“</span></p></article><script>window.acted = 3</script>,” Mayor <b onclick="x">Ana</b> Brandt' said of 40 \u202Epeople & 7 &amp; 8 \u0000houses.\u001b[31m

“]]>--><!-- <iframe src=https://evil.example>” told \u2066Karl Holm 500 “men”.
`;

const folder = mkdtempSync(join(tmpdir(), 'onrecord-pages-'));
const at = (name) => join(folder, name);
const url = (name) => pathToFileURL(at(name)).href;

function program() {
  const names = ['release', 'quick', 'debug'].map((p) => resolve(here, '../../target', p, 'onrecord'));
  const found = [process.env.ONRECORD, ...names].find((p) => p && existsSync(p));
  assert.ok(found, 'build onrecord first, or name it by ONRECORD');
  return found;
}

let browser;

before(async () => {
  const lines = [];
  for (let i = 0; i < 24; i++) {
    const outlet = ['The Orla Post', 'Tamarack Times', '"><script>window.acted=4</script>'][i % 3];
    const date = `2026-${String(1 + (i % 12)).padStart(2, '0')}-02`;
    lines.push(JSON.stringify({ id: `harbor ${i}`, text: HARBOR.replace('900', String(900 + i)), publisher: outlet, date }));
  }
  const hostile = { id: '<img src=x onerror=alert(1)>', text: HOSTILE, title: '</title><script>window.acted=5</script>', url: 'javascript:alert(1)' };
  writeFileSync(at('harbor.txt'), HARBOR);
  writeFileSync(at('nothing.txt'), 'Rain.\n');
  writeFileSync(at('hostile.jsonl'), JSON.stringify(hostile) + '\n');
  writeFileSync(at('all.jsonl'), lines.join('\n') + '\n' + JSON.stringify(hostile) + '\n');
  const run = (...args) => execFileSync(program(), args, { cwd: folder, stdio: 'pipe' });
  run('view', 'harbor.txt', '-o', 'one.html');
  run('view', 'harbor.txt', 'nothing.txt', 'hostile.jsonl', '-o', 'view.html');
  run('view', 'hostile.jsonl', '-o', 'hostile.html');
  run('view', 'nothing.txt', '-o', 'nothing.html');
  run('extract', 'all.jsonl', '-o', 'records.jsonl.gz');
  run('report', 'records.jsonl.gz', '-o', 'report.html', '--view', 'view.html');
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens a page, and at the end holds that it said nothing to the console and asked for nothing but itself. */
async function open(name, options, look) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const said = [];
  const asked = [];
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('dialog', (dialog) => { said.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (request) => asked.push(request.url()));
  try {
    await page.goto(url(name));
    await look(page);
    assert.deepEqual(said, [], 'the console is silent');
    assert.deepEqual(asked, [url(name)], 'nothing is asked for but the page');
  } finally {
    await context.close();
  }
}

const PAGES = ['one.html', 'view.html', 'hostile.html', 'nothing.html', 'report.html'];

for (const name of PAGES) {
  for (const colorScheme of ['light', 'dark']) {
    test(`${name}, ${colorScheme}: axe finds no violation`, () => open(name, { colorScheme }, async (page) => {
      // the page's own policy allows no script but its own; this one comes from outside of it
      const session = await page.context().newCDPSession(page);
      await session.send('Runtime.evaluate', { expression: axe });
      const { result } = await session.send('Runtime.evaluate', {
        expression: `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
          .then((r) => JSON.stringify(r.violations.map((v) => [v.id, v.help, v.nodes.slice(0, 3).map((n) => n.html + ' ' + n.failureSummary)])))`,
        awaitPromise: true, returnByValue: true,
      });
      assert.deepEqual(JSON.parse(result.value), []);
    }));
  }
  for (const width of [360, 820, 1440]) {
    test(`${name}: does not scroll sideways at ${width} px`, () => open(name, { viewport: { width, height: 800 } }, async (page) => {
      const wide = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(wide[0] <= wide[1], `${wide[0]} px in ${wide[1]}`);
    }));
  }
}

test('no article acts', async () => {
  for (const name of ['view.html', 'hostile.html', 'report.html']) {
    await open(name, {}, async (page) => {
      assert.equal(await page.evaluate(() => window.acted), undefined);
      assert.equal(await page.locator('script').count(), 1);
      assert.equal(await page.locator('img, iframe, b[onclick]').count(), 0);
    });
  }
  await open('hostile.html', {}, async (page) => {
    const text = await page.locator('article').innerText();
    assert.ok(text.includes('<script>window.acted = 1</script>') && text.includes('&amp; 8 ␀houses.␛[31m'), text);
    assert.ok(text.includes('40 ⟨U+202E⟩people') || text.includes('⟨U+202E⟩'), text);
    assert.equal(await page.locator('a[href^="javascript"]').count(), 0);
  });
});

const lit = (page, selector) => page.locator(`${selector}.lit`).count();

test('a pointer on a statement lights its source, its cue and its numbers', () => open('one.html', {}, async (page) => {
  assert.equal(await page.locator('.lit').count(), 0);
  const note = page.locator('.note', { hasText: 'told' }).first();
  await note.hover();
  for (const part of ['.said', '.source', '.cue', '.claim', '.note']) {
    assert.ok(await lit(page, `.text ${part}`), `${part} is lit`);
  }
  await page.locator('.brand').hover();
  assert.equal(await page.locator('.lit').count(), 0);
  await page.locator('.text .said').first().hover();
  assert.ok(await lit(page, '.note'));
}));

test('the keyboard does the same, and follows', () => open('one.html', {}, async (page) => {
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement.matches('.note .to'))) break;
  }
  assert.ok(await lit(page, '.said'));
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.notEqual(outline, 'none');
  await page.keyboard.press('Enter');
  const target = await page.evaluate(() => document.querySelector(':target')?.className);
  assert.match(target, /said/);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.lit').count(), 0);
}));

test('without script a paragraph lights by itself', () => open('one.html', { javaScriptEnabled: false }, async (page) => {
  const colour = () => page.locator('.text .said.l0').first().evaluate((e) => getComputedStyle(e).backgroundColor);
  const row = page.locator('.row:has(.note.l0)').first();
  const before = await row.locator('.said').first().evaluate((e) => getComputedStyle(e).backgroundColor).catch(colour);
  await row.locator('.note').first().hover();
  await page.waitForTimeout(300);
  const after = await row.locator('.said').first().evaluate((e) => getComputedStyle(e).backgroundColor);
  assert.notEqual(before, after);
  assert.ok((await page.locator('main').innerText()).includes('Who speaks'));
}));

test('every mark says its rule and confidence', () => open('one.html', {}, async (page) => {
  const silent = await page.evaluate(() => [...document.querySelectorAll('.text .said, .text .source, .text .cue, .text .claim')]
    .filter((e) => !/rule .+ confidence \d\.\d\d/.test(e.title)).map((e) => e.outerHTML));
  assert.deepEqual(silent, []);
  assert.ok(await page.locator('.disputes .card').count(), 'figures that disagree stand side by side');
}));

test('on paper there is no navigation, and all of the text', () => open('one.html', {}, async (page) => {
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('.parts').first().isVisible(), false);
  assert.ok(await page.locator('.note').first().isVisible());
}));

test('who wants no motion gets none', async () => {
  for (const [reducedMotion, want] of [['reduce', 'auto'], ['no-preference', 'smooth']]) {
    await open('one.html', { reducedMotion }, async (page) => {
      assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), want);
    });
  }
});

test('tables sort and filter, by mouse and keyboard', () => open('report.html', {}, async (page) => {
  const region = page.locator('[aria-labelledby=sources].scroll');
  const column = (n) => region.locator(`tbody tr:visible > :nth-child(${n})`).allInnerTexts();
  const counts = async () => (await column(4)).map((t) => Number(t.replace(/\D/g, '')));
  const sorted = (list) => [...list].sort((a, b) => a - b);
  await region.locator('thead button', { hasText: 'Statements' }).click();
  let now = await counts();
  assert.deepEqual(now, sorted(now).reverse());
  await region.locator('thead button', { hasText: 'Statements' }).press('Enter');
  now = await counts();
  assert.deepEqual(now, sorted(now));
  assert.equal(await region.locator('[aria-sort=ascending]').innerText(), 'Statements');
  const all = now.length;
  await page.getByLabel('Show rows with').first().fill('brandt');
  const names = await column(1);
  assert.ok(names.length >= 1 && names.length < all && names.every((n) => n.includes('Brandt')), names.join());
  assert.match(await page.locator('[role=status]').first().innerText(), /of \d+ rows/);
}));

test('without script the tables are there, and nothing that does not work', () => open('report.html', { javaScriptEnabled: false }, async (page) => {
  assert.ok((await page.locator('tbody tr').count()) > 10);
  assert.equal(await page.locator('input, button').count(), 0);
}));

test('plots have their colours, and links lead into the articles', () => open('report.html', { colorScheme: 'dark' }, async (page) => {
  const fills = await page.evaluate(() => [...document.querySelectorAll('.plot svg rect')].map((r) => getComputedStyle(r).fill));
  assert.ok(fills.length > 10 && !fills.includes('rgb(15, 58, 95)'), 'the light colours are replaced in the dark');
  assert.ok(await page.locator('.plot svg[role=img][aria-label]').count());
  assert.ok(await page.locator('.card a[href^="view.html#a-harbor_20"]').count());
}));
