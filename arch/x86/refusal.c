#include <boot.h>
#include "image.h"
#include "log.h"

struct words { const char *where, *what; };

static const struct words refusals[] = {
	[NO_MODULE]       = { 0, "the boot loader passed no module (-initrd FILE, module2 FILE)" },
	[MODULE_PLACE]    = { 0, "it lies over the kernel or above 4 GB; more memory may help" },
	[MODULE_SHORT]    = { 0, "it is shorter than its header" },
	[BAD_MAGIC]       = { "header, field 0 (magic)", "not a Postern boot image" },
	[BAD_WORDS]       = { "header, field 1 (words)", "more than this kernel or this file holds" },
	[BAD_PROCESSES]   = { "header, field 2 (processes)", "more than this kernel has" },
	[BAD_ENDPOINTS]   = { "header, field 3 (endpoints)", "more than this kernel has" },
	[BAD_SPACES]      = { "header, field 4 (spaces)", "more than this kernel has" },
	[BAD_SEGMENTS]    = { "header, field 5 (segments)", "more than this kernel has" },
	[BAD_SUM]         = { "header, field 1 (words)", "not the sum of the records" },
	[BAD_BYTES]       = { "header, field 6 (bytes)", "not the size of the file" },
	[PROCESS_SPACE]   = { ", field 1 (space)", "no such space" },
	[SPACE_FLAGS]     = { ", field 0 (flags)", "only 0 and 1 have a meaning" },
	[SEGMENT_SPACE]   = { ", field 0 (space)", "no such space" },
	[SEGMENT_ADDRESS] = { ", field 1 (address)", "not a page boundary from 0x1000 to 0x7f0000000000" },
	[SEGMENT_OFFSET]  = { ", field 2 (offset)", "not a page boundary behind the tables" },
	[SEGMENT_FILE]    = { ", field 3 (file bytes)", "more than the file or the segment has" },
	[SEGMENT_MEMORY]  = { ", field 4 (memory bytes)", "none, or beyond 0x7f0000000000" },
	[SEGMENT_FLAGS]   = { ", field 5 (flags)", "not readable, both writable and executable, or unknown" },
	[SEGMENT_OVERLAP] = { ", field 1 (address)", "overlaps another segment of its space" },
	[NO_FRAMES]       = { 0, "the kernel's pool of frames is too small for it" },
};

/*@ terminates \true; assigns ports; */
static void log_record(const char *kind, uint32_t record)
{
	log_text(kind);
	log_text(" ");
	log_number(record);
}

void image_refuse(enum refusal reason, uint32_t record)
{
	log_begin();
	log_text("boot image refused: ");
	if (reason == PROCESS_SPACE)
		log_record("process", record);
	if (reason == SPACE_FLAGS)
		log_record("space", record);
	if (reason >= SEGMENT_SPACE && reason <= SEGMENT_OVERLAP)
		log_record("segment", record);
	if (refusals[reason].where) {
		log_text(refusals[reason].where);
		log_text(": ");
	}
	log_text(refusals[reason].what);
	log_end();
}

void image_refuse_core(uint32_t kind, uint32_t record, uint32_t field)
{
	log_begin();
	log_text("boot image refused: ");
	if (kind == BOOT_BAD_HEADER)
		log_text("header");
	else
		log_record(kind == BOOT_BAD_PROCESS ? "process" : "endpoint", record);
	log_text(", field ");
	log_number(field);
	log_text(": value not allowed");
	log_end();
}
