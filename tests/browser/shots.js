// Screenshots of a page at three widths, light and dark. usage: node shots.js PAGE.html FOLDER [SELECTOR TO HOVER]
import { chromium } from 'playwright-core';
import { basename, resolve } from 'node:path';
import { mkdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [page, folder, hover] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
for (const colorScheme of ['light', 'dark']) {
  for (const width of [360, 820, 1440]) {
    const tab = await browser.newPage({ colorScheme, viewport: { width, height: 1000 }, reducedMotion: 'reduce' });
    await tab.goto(pathToFileURL(resolve(page)).href);
    if (hover) await tab.hover(hover);
    const path = `${folder}/${basename(page, '.html')}-${width}-${colorScheme}.png`;
    // a longer picture than this is not looked at
    const height = Math.min(4000, await tab.evaluate(() => document.documentElement.scrollHeight));
    await tab.screenshot({ path, clip: { x: 0, y: 0, width, height }, fullPage: true });
    console.log(path);
    await tab.close();
  }
}
await browser.close();
