/* What the processor must have, and what makes it stricter when it has it. */
#ifndef POSTERN_FEATURES_H
#define POSTERN_FEATURES_H

/* 0: the processor lacks something without which the kernel cannot keep its
   promises; said on the log. */
/*@ terminates \true; assigns \nothing; */
int features_init(void);
#endif
