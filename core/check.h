/* Whether a boot image is accepted (spec/image.mlw). */
#ifndef POSTERN_CHECK_H
#define POSTERN_CHECK_H
#include "abs.h"

/* The word that a refused record is blamed for is wrong indeed; of a header the number of
   words is, if nothing else is. */
/*@ predicate bad_process{L}(integer p, integer f) =
      f < 8 ? !spec_process_field_ok(aimage(boot_image), p, f)
            : f < BOOT_PROCESS && (f - 8) % 3 == 0 && !spec_slot_ok(aimage(boot_image), p, (f - 8) / 3);
    predicate bad_endpoint{L}(integer e, integer f) = f == 0
      ? spec_endpoint_word(aimage(boot_image), e, 0) >= boot_image.w[H_PROCESSES]
      : f == 1 && !(1 <= spec_endpoint_word(aimage(boot_image), e, 1) < UINT64_MAX);
    predicate bad_header{L}(integer f) =
        f == H_MAGIC ? boot_image.w[H_MAGIC] != BOOT_MAGIC
      : f == H_PROCESSES ? !(1 <= boot_image.w[H_PROCESSES] <= NPROC)
      : f == H_ENDPOINTS ? boot_image.w[H_ENDPOINTS] > NENDP
      : f == H_SPACES ? boot_image.w[H_SPACES] > NPROC
      : f == H_SEGMENTS ? boot_image.w[H_SEGMENTS] > BOOT_SEGMENTS
      : f == H_WORDS ? spec_counts_ok(aimage(boot_image)) && spec_zeros_ok(aimage(boot_image))
      : H_ZERO <= f < BOOT_HEADER && boot_image.w[f] != 0; */

/* Word w of the record of process p, of endpoint e; 0 if the image has no such record. */
/*@ requires counts: spec_counts_ok(aimage(boot_image));
    requires range: p < NPROC && w < BOOT_PROCESS; terminates \true; assigns \nothing;
    ensures is: \result == spec_process_word(aimage(boot_image), p, w); */
uint64_t process_word(uint32_t p, uint32_t w);

/*@ requires counts: spec_counts_ok(aimage(boot_image));
    requires range: e < NENDP && w < BOOT_ENDPOINT; terminates \true; assigns \nothing;
    ensures is: \result == spec_endpoint_word(aimage(boot_image), e, w); */
uint64_t endpoint_word(uint32_t e, uint32_t w);

/* What slot k of process p gets. */
/*@ requires counts: spec_counts_ok(aimage(boot_image));
    requires range: p < NPROC && k < BOOT_SLOTS; terminates \true; assigns \nothing;
    ensures is: \result == spec_slot_kind(aimage(boot_image), p, k); */
uint64_t slot_kind(uint32_t p, uint32_t k);

/*@ requires counts: spec_counts_ok(aimage(boot_image));
    requires range: p < NPROC && k < BOOT_SLOTS; terminates \true; assigns \nothing;
    ensures is: \result == spec_slot_object(aimage(boot_image), p, k); */
uint64_t slot_object(uint32_t p, uint32_t k);

/*@ requires counts: spec_counts_ok(aimage(boot_image));
    requires range: p < NPROC && k < BOOT_SLOTS; terminates \true; assigns \nothing;
    ensures is: \result == spec_slot_badge(aimage(boot_image), p, k); */
uint64_t slot_badge(uint32_t p, uint32_t k);

/*@ terminates \true; assigns \nothing;
    ensures accepted: \result.error == BOOT_OK <==> spec_image_ok(aimage(boot_image));
    ensures header:   \result.error == BOOT_BAD_HEADER ==> bad_header(\result.field);
    ensures process:  \result.error == BOOT_BAD_PROCESS
                        ==> bad_process(\result.record, \result.field);
    ensures endpoint: \result.error == BOOT_BAD_ENDPOINT
                        ==> bad_endpoint(\result.record, \result.field); */
struct boot_result check_image(void);
#endif
