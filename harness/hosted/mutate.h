/* Boot images, mostly wrong somewhere. */
#ifndef HOSTED_MUTATE_H
#define HOSTED_MUTATE_H

/* Something in the boot words becomes something else; in words, what. */
const char *mutate_image(void);
#endif
