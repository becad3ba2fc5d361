"""What a page must be like: wide enough for nothing to stick out, complained of by nobody,
with landmarks, in both colour schemes of enough contrast, and usable by keyboard."""

NARROW, HIGH = 360, 800
SHAPE = """
document.querySelectorAll('details').forEach(d => { d.open = true; });
const out = [], width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth > width) {
  const far = Array.from(document.querySelectorAll('body *')).find(e => e.getBoundingClientRect().right > width + 1
    && !e.closest('.source, .drawing, .skip, thead'));
  out.push('is ' + document.documentElement.scrollWidth + ' pixels wide on a screen of ' + width
    + (far ? ': <' + far.tagName.toLowerCase() + '> ' + far.textContent.trim().slice(0, 40) : ''));
}
for (const name of ['header', 'nav', 'main', 'footer', 'h1', 'a.skip'])
  if (document.querySelectorAll(name).length !== 1)
    out.push('has ' + document.querySelectorAll(name).length + ' of ' + name);
let level = 1;
for (const h of document.querySelectorAll('h1, h2, h3, h4')) {
  if (+h.tagName[1] > level + 1) out.push('skips a level of headings at ' + h.textContent);
  level = +h.tagName[1];
}
if (document.documentElement.lang !== 'en' || !document.title) out.push('has no language or no title');
return out;
"""
# Text against what stands behind it, by the formula of WCAG 2.1; AA asks for 4.5, or 3 for large text.
CONTRAST = """
function light(c) {
  const p = c.map(v => { v /= 255; return v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4); });
  return 0.2126 * p[0] + 0.7152 * p[1] + 0.0722 * p[2];
}
function colour(text) { return text.match(/[\\d.]+/g).map(Number); }
function behind(e) {
  for (; e; e = e.parentElement) {
    const c = colour(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] === 1) return c;
  }
  return [255, 255, 255];
}
const seen = {}, out = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const e = walker.currentNode.parentElement, style = getComputedStyle(e);
  if (!walker.currentNode.textContent.trim() || e.closest('script')) continue;
  let ground = behind(e);
  const node = e.closest('.node');
  if (node) ground = colour(getComputedStyle(node.querySelector('path, polygon')).fill);
  const ink = colour(e instanceof SVGElement ? style.fill : style.color);
  const key = ink + '/' + ground;
  if (key in seen) continue;
  const a = light(ink), b = light(ground), ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  seen[key] = ratio;
  const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && +style.fontWeight >= 700);
  if (ratio < (large ? 3 : 4.5))
    out.push('has a contrast of ' + ratio.toFixed(2) + ' at "' + walker.currentNode.textContent.trim().slice(0, 30) + '"');
}
return {wrong: out, least: Math.min(...Object.values(seen))};
"""
FOCUS = """
const e = document.activeElement;
if (!e || e === document.body) return null;
const style = getComputedStyle(e), box = e.getBoundingClientRect();
return {tag: e.tagName.toLowerCase(), text: (e.getAttribute('href') || e.id || e.className).toString(),
  seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0, width: box.width};
"""
# How many places the keyboard must come to.
REACHABLE = """
return Array.from(document.querySelectorAll('a[href], summary, input, [tabindex="0"]'))
  .filter(e => e.checkVisibility ? e.checkVisibility() : e.offsetParent).length;
"""


def shape(browser, page):
    return [f"{page}: {w}" for w in browser.run(SHAPE)]


def contrast(browser, page, scheme):
    found = browser.run(CONTRAST)
    return [f"{page}: in {scheme} colours it {w}" for w in found["wrong"]], found["least"]


def keyboard(browser, page, most=60):
    """Tab through the beginning of a page: each stop is shown, the skip link comes first."""
    out, stops = [], []
    wanted = min(browser.run(REACHABLE), most)
    while len(stops) < wanted:
        browser.press("tab")
        stop = browser.run(FOCUS)
        if stop is None:
            out.append(f"{page}: the keyboard comes to {len(stops)} of {wanted} places only")
            break
        stops.append(stop)
        if not stop["seen"]:
            out.append(f"{page}: it is not to be seen that {stop['tag']} {stop['text']} has the focus")
    if not stops or stops[0]["text"] != "#content":
        out.append(f"{page}: the first stop of the keyboard is not the link that skips the menu")
    if len({(s["tag"], s["text"]) for s in stops}) < min(wanted, 2):
        out.append(f"{page}: the keyboard does not go on")
    return out


def skips(browser, page):
    """The skip link leads to the content, by keyboard."""
    browser.press("tab", "enter")
    there = browser.run("return document.activeElement.id")
    return [] if there == "content" else [f"{page}: the skip link leads to `{there}`, not to the content"]
