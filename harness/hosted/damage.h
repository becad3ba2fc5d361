/* Something in the tables becomes something else, so that most often a rule is broken. */
#ifndef HOSTED_DAMAGE_H
#define HOSTED_DAMAGE_H
void damage(void);
#endif
