/* intake/xml.h: a part of a workbook as XML, told element by element. Names come without their namespace. A
 * document type is refused, so that there are no entities but the five of XML itself. */
#pragma once
#include "intake/package.h"

enum { XML_DEPTH_MAX = 64, XML_TEXT_MAX = 1024 * 1024 /* bytes of text in one element */ };

typedef struct XmlHandlers {
    Err (*start)(void *user, const char *name, const char **attributes);
    Err (*end)(void *user, const char *name);
    Err (*text)(void *user, const char *bytes, size_t len); /* NULL: not wanted; a text may come in pieces */
} XmlHandlers;

typedef struct Xml Xml;

/* Takes the part. */
Xml *xml_new(Part *part, const XmlHandlers *handlers, void *user);
void xml_free(Xml *xml); /* NULL is fine */

/* Goes on until a handler calls xml_pause, or to the end (*ret_more false). A handler's error ends it.
 * ERR_WORKBOOK with line. */
MUST_USE Err xml_run(Xml *xml, bool *ret_more);
void xml_pause(Xml *xml);

/* A whole part. */
MUST_USE Err xml_read(Package *package, const char *path, const XmlHandlers *handlers, void *user);

/* The value of an attribute, whatever its namespace; NULL if it is not there. */
const char *xml_attribute(const char **attributes, const char *name);
