/* What an Endpoint capability can do (spec/control_endpoint.mlw, docs/abi.md). */
#ifndef POSTERN_CONTROL_ENDPOINT_H
#define POSTERN_CONTROL_ENDPOINT_H
#include "control_process.h"

enum endpoint_method {
	E_MAKE_ENTRY = 1,
	E_DESTROY    = 2,
};

/*@ requires wf: spec_wf(abs{Here}); requires range: p < NPROC; terminates \true;
    assigns PROCS, ENDPOINTS; ensures refines: abs{Post} == spec_invoke_endpoint(abs{Pre}, p); */
void invoke_endpoint(uint32_t p);

#endif
