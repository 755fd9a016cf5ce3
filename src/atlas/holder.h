/* atlas/holder.h: the one place where the atlas in use is kept. Readers take a reference and keep their atlas
 * as long as they like; the writer puts a new one in its place. Any thread. */
#pragma once
#include "atlas/atlas.h"

typedef struct AtlasHolder AtlasHolder;

AtlasHolder *holder_new(Atlas *atlas); /* takes the reference; NULL: nothing yet */
void holder_free(AtlasHolder *holder); /* NULL is fine */

Atlas *holder_get(AtlasHolder *holder);              /* a reference of the caller's own, or NULL */
void holder_swap(AtlasHolder *holder, Atlas *atlas); /* takes the reference, lets the old one go */
