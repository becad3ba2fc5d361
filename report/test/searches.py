"""The search box, by keyboard alone: every entry of the index can be found, and what is found
leads there."""
import time

STATE = """
return {count: document.getElementById('count').textContent,
  found: Array.from(document.querySelectorAll('#found a')).map(a => [a.firstChild.textContent.trim(), a.getAttribute('href')])};
"""
# Each name is searched by the page's own script; wanted: one of the results that are shown.
EVERY = """
const box = document.getElementById('query'), lost = [];
const names = arguments[0];
for (const [name, place] of names) {
  box.value = name;
  box.dispatchEvent(new Event('input'));
  const shown = Array.from(document.querySelectorAll('#found a'));
  if (!shown.some(a => a.getAttribute('href').endsWith(place))) lost.push(name + ' (' + place + ')');
}
box.value = '';
box.dispatchEvent(new Event('input'));
return lost;
"""
QUERIES = [("one_fault", "promise/one_fault.html"), ("core/proxy.c hold", "core/hold.html"),
           ("handler_owner", "spec/fault.html#Fault.handler_owner"), ("told/a-resume", "scenario/faults.html#told/a-resume"),
           ("trust ledger", "ledger.html"), ("ENQUEUE", "core/enqueue.html")]


def typed(browser, text):
    browser.press("escape", "/")
    browser.press("escape")      # in the box it clears it
    browser.press(*text)
    return browser.run(STATE)


def problems(browser, open_page, wanted):
    """wanted: [(name, place)] that must be found; open_page() opens the first page."""
    out = []
    for text, place in QUERIES:
        open_page()
        found = typed(browser, text)
        if not any(href.endswith(place) for _, href in found["found"]):
            out.append(f"search: `{text}` does not find {place}, but {found['count']}: {found['found'][:3]}")
    open_page()
    if typed(browser, "no such thing")["count"] != "nothing found":
        out.append("search: what is not there is found")
    lost = browser.run(EVERY, wanted)
    out += [f"search: not found by its name: {name}" for name in lost[:10]]
    out += [f"search: {len(lost)} entries are not found by their names"] if len(lost) > 10 else []
    open_page()
    typed(browser, "one_fault")
    browser.press("down", "enter")
    there = ""
    for _ in range(50):          # the page may still be on its way
        there = browser.run("return document.title")
        if "one_fault" in there:
            break
        time.sleep(0.1)
    else:
        out.append(f"search: arrow and enter lead from `one_fault` to `{there}`")
    return out
