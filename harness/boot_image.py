"""A boot image: where its records stand (docs/image.md), and what the kernel takes for it."""
import struct

import patch

HEADER, PROCESS, ENDPOINT, SEGMENT = 16, 110, 2, 6
STATE, SPACE, VERSION, ZERO, SLOTS = 0, 1, 5, 7, 8
HANDLER, RECEIVER = 32, 33
WRITABLE = 2  # of the flags of a segment
BIG = 2**64 - 1

# arch/x86/layout.h
PAGE_SIZE, STACK_SIZE, STACKS = 4096, 16384, 5
MESSAGES = 0x7f0000000000


class Image:
    """A good image, and where its records stand."""

    def __init__(self, blob):
        self.blob = blob
        self.processes, self.endpoints, self.spaces, self.segments = struct.unpack_from("<4Q", blob, 16)

    def process(self, p, field):
        return HEADER + PROCESS * p + field

    def slot(self, p, slot, part):
        return self.process(p, SLOTS + 3 * slot + part)

    def endpoint(self, e, field):
        return HEADER + PROCESS * self.processes + ENDPOINT * e + field

    def space(self, s):
        return self.endpoint(self.endpoints, 0) + s

    def segment(self, g, field):
        return self.space(self.spaces) + SEGMENT * g + field

    def word(self, at):
        return struct.unpack_from("<Q", self.blob, 8 * at)[0]

    def with_words(self, words):
        blob = bytearray(self.blob)
        for at, value in words.items():
            struct.pack_into("<Q", blob, 8 * at, value & BIG)
        return bytes(blob)


def frames(kernel):
    """How many its pool has."""
    return patch.symbols(kernel)["frames"][1] // PAGE_SIZE


def kernel_pages(kernel):
    """Those that the kernel maps of itself: all but the pool and what lies below each stack."""
    at = {name: address for name, (address, _) in patch.symbols(kernel).items()}
    guards = {at["stacks"] + STACK_SIZE * n for n in range(STACKS)}
    return set(range(at["text_start"], at["data_end"], PAGE_SIZE)) - guards


def segment_pages(image):
    """(space, address, whether it takes a frame): a page that the image has whole, and that nobody writes, takes none."""
    for g in range(image.segments):
        space, address, _, file, memory, flags = (image.word(image.segment(g, field)) for field in range(SEGMENT))
        for page in range(0, memory, PAGE_SIZE):
            yield space, address + page, flags & WRITABLE != 0 or page + PAGE_SIZE > file


def frames_used(kernel, image):
    """For the page tables of the kernel and of each space, and for what is in the pages."""
    segments = list(segment_pages(image))
    pages = [(None, page) for page in kernel_pages(kernel)] + [(space, page) for space, page, _ in segments]
    pages += [(image.word(image.process(p, SPACE)), MESSAGES + PAGE_SIZE * p) for p in range(image.processes)]
    tables = {(space, bits, page >> bits) for space, page in pages for bits in (21, 30, 39)}
    return 1 + image.spaces + len(tables) + sum(taken for _, _, taken in segments)
