/* The state that a boot image describes (spec/init.mlw). */
#ifndef POSTERN_INIT_H
#define POSTERN_INIT_H
#include "check.h"

/* Checks the whole image first. If it is accepted, the tables are what it
   describes, whatever they were before, and nobody runs yet; otherwise they are
   untouched, and the result names the first word that is wrong. */
/*@ terminates \true; assigns PROCS, ENDPOINTS, LINKS, current;
    ensures accepted: \result.error == BOOT_OK <==> spec_image_ok(aimage(boot_image));
    ensures refines: \result.error == BOOT_OK ==> abs{Post} == spec_init(abs{Pre},
        aimage(boot_image)); ensures inv: \result.error == BOOT_OK ==> spec_inv(abs{Post});
    ensures refused: \result.error != BOOT_OK ==> abs{Post} == abs{Pre};
    ensures reason: \result.error == BOOT_BAD_HEADER ? bad_header(\result.field)
        : \result.error == BOOT_BAD_PROCESS ? bad_process(\result.record, \result.field)
        : \result.error == BOOT_BAD_ENDPOINT ==> bad_endpoint(\result.record, \result.field); */
struct boot_result core_init(void);
#endif
