"""Systems for the soak: the same number, the same system. Eight processes of
user/programs/fuzzer.c that hold capabilities of all kinds to each other; one of them, the
gardener, is out of reach of the others, and repairs."""
import pathlib
import random
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import image   # noqa: E402
import system  # noqa: E402

OTHERS = range(1, 8)
ENDPOINTS = 32
RETIRING = 2**64 - 2


def capability(draw):
    kind = draw.choice(["process", "process", "endpoint", "entry", "entry", "entry", "proxy", "proxy"])
    if kind == "process":
        return f'{{ process = "p{draw.choice(OTHERS)}" }}'
    badge = f", badge = {draw.getrandbits(64)}" if kind != "endpoint" else ""
    return f'{{ {kind} = "e{draw.randrange(ENDPOINTS)}"{badge} }}'


def door(draw):
    return f'{{ entry = "e{draw.randrange(ENDPOINTS)}", badge = {draw.getrandbits(32)} }}'


def process(draw, number, spaces):
    lines = [f"[process.p{number}]", f'space = "{draw.choice(spaces)}"', 'entry = "fuzzer"',
             f"argument = {draw.getrandbits(63)}", f"start = {'true' if draw.random() < 0.9 else 'false'}"]
    for slot in ("handler", "proxy_receiver"):
        if draw.random() < 0.8:
            lines.append(f"{slot} = {door(draw)}")
    if draw.random() < 0.1:
        lines.append(f"epoch = {RETIRING - draw.randrange(40)}")
    if draw.random() < 0.1:
        lines.append(f"version = {RETIRING - draw.randrange(2)}")
    held = [f"{k} = {capability(draw)}" for k in range(1, 32) if draw.random() < 0.8]
    return lines + [f"caps = {{ {', '.join(held)} }}"]


def gardener(draw):
    held = [f'{k} = {{ process = "p{k}" }}' for k in OTHERS]
    held += [f'{k} = {{ endpoint = "e{k - 8}" }}' for k in range(8, 31)]
    return ["[process.p0]", 'space = "garden"', 'entry = "gardener"', f"argument = {draw.getrandbits(63)}",
            f"caps = {{ {', '.join(held)} }}"]


def text(seed):
    draw = random.Random(seed)
    spaces = ["one", "two", "three"][:draw.randint(1, 3)]
    lines = ["[programs]", 'fuzzer = "fuzzer.elf"', "[space]", 'garden = { programs = ["fuzzer"] }']
    lines += [f'{name} = {{ programs = ["fuzzer"], console = {"true" if name == "one" else "false"} }}'
              for name in spaces]
    lines += gardener(draw)
    for number in OTHERS:
        lines += process(draw, number, spaces)
    lines += [f'[endpoint.e{k}]\nowner = "p{draw.choice(OTHERS)}"' for k in range(ENDPOINTS)]
    return "\n".join(lines) + "\n"


def write(seed, folder, programs):
    """The boot image of a system; beside it, its text."""
    source, target = folder / f"{seed}.toml", folder / f"{seed}.img"
    source.write_text(text(seed))
    limits = image.read_limits(ROOT / "config" / "small" / "config.h")
    target.write_bytes(image.build(source, system.read_system(source, programs), limits))
    return target
