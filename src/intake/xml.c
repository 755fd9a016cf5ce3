#include "intake/xml.h"
#include <expat.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 64 * 1024 };

struct Xml {
    Part *part;
    const XmlHandlers *handlers;
    void *user;
    XML_Parser parser;
    uint32_t depth;
    bool ended, paused;
    Err err; /* of a handler; its fault is the thread's last */
    Fault fault;
};

static const char *local(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

const char *xml_attribute(const char **attributes, const char *name)
{
    for (int i = 0; attributes[i]; i += 2)
        if (strcmp(local(attributes[i]), name) == 0)
            return attributes[i + 1];
    return NULL;
}

static void stop(Xml *xml, Err err)
{
    xml->err = err;
    xml->fault = *fault_last();
    XML_StopParser(xml->parser, XML_FALSE);
}

static void on_start(void *user, const char *name, const char **attributes)
{
    Xml *xml = user;
    if (xml->err != OK)
        return;
    Err err = ++xml->depth > XML_DEPTH_MAX
                  ? fail(ERR_LIMIT, "what", "elements within each other", "limit", num_c(XML_DEPTH_MAX), NULL)
                  : xml->handlers->start(xml->user, local(name), attributes);
    if (err != OK)
        stop(xml, err);
}

static void on_end(void *user, const char *name)
{
    Xml *xml = user;
    if (xml->err != OK)
        return;
    xml->depth--;
    Err err = xml->handlers->end(xml->user, local(name));
    if (err != OK)
        stop(xml, err);
    else if (xml->paused)
        XML_StopParser(xml->parser, XML_TRUE);
}

static void on_text(void *user, const char *bytes, int len)
{
    Xml *xml = user;
    if (xml->err != OK || len <= 0)
        return;
    Err err = xml->handlers->text(xml->user, bytes, (size_t)len);
    if (err != OK)
        stop(xml, err);
}

static void on_doctype(void *user, const char *name, const char *sysid, const char *pubid, int internal)
{
    (void)name, (void)sysid, (void)pubid, (void)internal;
    stop(user, fail(ERR_WORKBOOK, "detail", "it declares a document type, which no workbook does", NULL));
}

Xml *xml_new(Part *part, const XmlHandlers *handlers, void *user)
{
    Xml *xml = heap_zalloc(sizeof *xml);
    xml->part = part;
    xml->handlers = handlers;
    xml->user = user;
    xml->parser = XML_ParserCreate(NULL);
    if (!xml->parser)
        abort(); /* as heap_alloc does */
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
    if (handlers->text)
        XML_SetCharacterDataHandler(xml->parser, on_text);
    return xml;
}

void xml_free(Xml *xml)
{
    if (!xml)
        return;
    XML_ParserFree(xml->parser);
    part_close(xml->part);
    free(xml);
}

void xml_pause(Xml *xml)
{
    xml->paused = true;
}

static Err told(Xml *xml)
{
    if (xml->err != OK) {
        fault_set(&xml->fault);
        return xml->err;
    }
    return fail(ERR_WORKBOOK, "detail", "its XML is damaged", "line",
                num_c((int64_t)XML_GetCurrentLineNumber(xml->parser)), NULL);
}

static Err next_chunk(Xml *xml, enum XML_Status *ret)
{
    size_t len;
    void *bytes = XML_GetBuffer(xml->parser, CHUNK);
    if (!bytes)
        return told(xml);
    TRY(part_read(xml->part, bytes, CHUNK, &len));
    xml->ended = len == 0;
    *ret = XML_ParseBuffer(xml->parser, (int)len, xml->ended);
    return OK;
}

Err xml_run(Xml *xml, bool *ret_more)
{
    bool resume = xml->paused;
    xml->paused = false;
    for (;;) {
        enum XML_Status status = XML_STATUS_ERROR;
        if (resume)
            status = XML_ResumeParser(xml->parser);
        else if (xml->ended)
            break;
        else
            TRY(next_chunk(xml, &status));
        resume = false;
        if (status == XML_STATUS_ERROR)
            return told(xml);
        if (status == XML_STATUS_SUSPENDED) {
            *ret_more = true;
            return OK;
        }
    }
    *ret_more = false;
    return OK;
}

Err xml_read(Package *package, const char *path, const XmlHandlers *handlers, void *user)
{
    Part *part;
    bool more;
    TRY(part_open(package, path, &part));
    Xml *xml = xml_new(part, handlers, user);
    Err err = xml_run(xml, &more);
    xml_free(xml);
    return err;
}
