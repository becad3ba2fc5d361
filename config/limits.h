/* What a configuration may say. */
#if NPROC < 1 || NPROC > 65535 || NENDP < 1 || NENDP > 65535
#error "config.h: NPROC and NENDP must be 1 .. 65535"
#endif
