"""A browser, driven by WebDriver: chromedriver is spoken to with what Python has."""
import base64
import contextlib
import json
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

KEYS = {"tab": "\ue004", "enter": "\ue007", "escape": "\ue00c", "up": "\ue013", "down": "\ue015"}
MISSING = "there is no {}; install Debian's packages chromium and chromium-driver"
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class BrowserError(Exception):
    """Why there is no browser, or what it refused."""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Browser:
    """One headless window."""

    def __init__(self, url, session):
        self.url, self.session = url, session

    def ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/session/{self.session}/{path}", data, method=method,
                                         headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise BrowserError(json.load(error)["value"]["message"].splitlines()[0]) from None

    def open(self, path, fragment=""):
        place = pathlib.Path(path).resolve().as_uri() + (f"#{fragment}" if fragment else "")
        self.ask("POST", "url", {"url": place})

    def run(self, script, *args):
        return self.ask("POST", "execute/sync", {"script": script, "args": list(args)})

    def devtools(self, command, **params):
        return self.ask("POST", "goog/cdp/execute", {"cmd": command, "params": params})

    def size(self, width, height):
        """The size of the page's own window, as of a phone: no scroll bar takes width."""
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=True)

    def scheme(self, name):
        self.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": name}])

    def scripts(self, allowed):
        self.devtools("Emulation.setScriptExecutionDisabled", value=not allowed)

    def press(self, *keys):
        """Keys to whatever has the focus."""
        actions = [{"type": kind, "value": KEYS.get(k, k)} for k in keys for kind in ("keyDown", "keyUp")]
        self.ask("POST", "actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def console(self):
        """What was complained of since it was last asked."""
        return [entry["message"] for entry in self.ask("POST", "se/log", {"type": "browser"})
                if entry["level"] in ("SEVERE", "WARNING")]

    def screenshot(self, path):
        path.write_bytes(base64.b64decode(self.ask("GET", "screenshot")))


@contextlib.contextmanager
def browser():
    driver, chromium = shutil.which("chromedriver"), shutil.which("chromium")
    if not driver or not chromium:
        raise BrowserError(MISSING.format("chromedriver" if chromium else "chromium"))
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen([driver, f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield Browser(url, session(url, chromium, folder))
        finally:
            process.terminate()     # the browser ends with its driver
            process.wait(20)


def session(url, chromium, folder):
    options = {"binary": chromium, "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                                            "--disable-background-networking", f"--user-data-dir={folder}/profile"]}
    wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
    body = json.dumps({"capabilities": {"alwaysMatch": wanted}}).encode()
    last = None
    for _ in range(100):
        try:
            with urllib.request.urlopen(urllib.request.Request(
                    f"{url}/session", body, headers={"Content-Type": "application/json"}), timeout=60) as answer:
                return json.load(answer)["value"]["sessionId"]
        except urllib.error.HTTPError as error:
            raise BrowserError(json.load(error)["value"]["message"].splitlines()[0]) from None
        except OSError as error:
            last = error
            time.sleep(0.1)
    raise BrowserError(f"chromedriver does not answer: {last}")
