// Whether the page that stands there fits a window of 320 px (WCAG 1.4.10) with the spacing of text that a
// reader may set (1.4.12), cuts nothing off, and has targets that a finger finds (2.5.8).

import { check } from './demo.mjs';

const SPACING = `
  * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
  p { margin-bottom: 2em !important; }`;

export const smallest = { size: Infinity, what: '' };

export async function reflow(page, label) {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  for (const spacing of ['', SPACING]) {
    // Not a style element: the page's own rules allow none.
    await page.evaluate((css) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets = [sheet];
    }, spacing);
    const what = `${label}, 320 px${spacing && ' and spaced out'}`;
    const { wider, cut } = await page.evaluate(measured);
    check(wider <= 0, `${what}: ${wider} px wider than the window`);
    check(cut.length === 0, `${what}: cut off: ${cut.slice(0, 3).join('; ')}`);
  }
  await page.evaluate(() => { document.adoptedStyleSheets = []; });
  const { small, least } = await page.evaluate(targets);
  check(small.length === 0, `${label}, 320 px: small targets: ${small.slice(0, 3).join('; ')}`);
  if (least.size < smallest.size) Object.assign(smallest, least);
  await page.setViewportSize(size);
}

// Runs in the page.
function measured() {
  const cut = [];
  const name = (element) => `${element.tagName.toLowerCase()}.${element.className} "${element.textContent.trim().slice(0, 30)}"`;
  const isHidden = (style) => style.clipPath !== 'none' || style.visibility === 'hidden';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    if (!text.data.trim() || !text.parentElement.checkVisibility()) continue;
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    if (box.width === 0) continue;
    // Every ancestor that clips must hold the words; one that scrolls may hide what it scrolls to.
    for (let holder = text.parentElement; holder; holder = holder.parentElement) {
      const style = getComputedStyle(holder);
      if (isHidden(style) || /auto|scroll/.test(style.overflowX) || holder.matches('select, svg, .skip')) break;
      const isWindow = holder === document.body;
      const within = isWindow ? { left: 0, right: innerWidth, top: -Infinity, bottom: Infinity } : holder.getBoundingClientRect();
      const clips = isWindow || /hidden|clip/.test(style.overflowX + style.overflowY) || holder.matches('button, .button, .pill');
      if (!clips || within.right - within.left <= 1) continue;
      if (box.left < within.left - 1 || box.right > within.right + 1 || box.top < within.top - 1 || box.bottom > within.bottom + 1) {
        cut.push(name(text.parentElement));
        break;
      }
    }
  }
  return { wider: document.documentElement.scrollWidth - innerWidth, cut };
}

// Runs in the page. Links within a line of words may be as high as the line.
function targets() {
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')];
  const small = [];
  let least = { size: Infinity, what: '' };
  for (const one of all) {
    if (!one.checkVisibility({ visibilityProperty: true })) continue;
    const target = one.matches('input[type=radio], input[type=checkbox]') ? (one.closest('label') ?? one) : one;
    const box = target.getBoundingClientRect();
    if (box.width === 0 || box.bottom < 0 || one.matches('.skip, .unseen')) continue;
    const isInline = getComputedStyle(one).display === 'inline' &&
      [...one.parentElement.childNodes].some((node) => node !== one && node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (isInline) continue;
    const size = Math.min(box.width, box.height);
    const what = `${one.tagName.toLowerCase()}.${one.className} "${one.textContent.trim().slice(0, 30)}" ${box.width.toFixed(1)} × ${box.height.toFixed(1)}`;
    if (size < least.size) least = { size, what };
    if (size >= 24) continue;
    // Or nothing else is within 24 px of its middle.
    const middle = (rect) => ({ x: (rect.left + rect.right) / 2, y: (rect.top + rect.bottom) / 2 });
    const { x, y } = middle(box);
    const isAlone = all.every((other) => {
      if (other === one || !other.checkVisibility() || target.contains(other)) return true;
      const rect = other.getBoundingClientRect();
      const dx = Math.max(rect.left - x, 0, x - rect.right);
      const dy = Math.max(rect.top - y, 0, y - rect.bottom);
      const near = middle(rect);
      const isSmall = rect.width < 24 || rect.height < 24;
      return Math.hypot(dx, dy) >= 12 && (!isSmall || Math.hypot(near.x - x, near.y - y) >= 24);
    });
    if (!isAlone) small.push(what);
  }
  return { small, least };
}
