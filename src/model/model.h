/* model/model.h: what an atlas is made of. Every kind is one table of fields (model/kinds/NAME.c), declared
 * once; import, filters, columns, API, forms, exports and docs/data-model.md all come from that table. All
 * data here is constant once the program has begun (only a deployment's own code lists are put in before,
 * model/lists.h): read it from any thread. */
#pragma once
#include "base/date.h"
#include "base/str.h"

/* In memory only: the ledger stores numbers of its own (store/identity.c). */
typedef enum Kind {
    KIND_SOURCE,
    KIND_REGION,
    KIND_PARK,
    KIND_FACILITY,
    KIND_PARCEL,
    KIND_BUILDING,
    KIND_UNIT,
    KIND_ENTERPRISE,
    KIND_CLUSTER,
    KIND_CHAIN,
    KIND_SEGMENT,
    KIND_FLOW,
    KIND_ROLE,
    KIND_SUPPLY,
    KIND_PROJECT,
    KIND_MILESTONE,
    KIND_AMOUNT,
    KIND_INDICATOR,
    KIND_OBSERVATION,
    KIND_PLAN,
    KIND_INFRA_WORK,
    KIND_POLICY,
    KIND_COST,
    KIND_EVENT,
    KIND_TRAIN_SERVICE,
    KIND_COUNT
} Kind;

/* Who may see a field, a row or a source; each also sees what those before it see. */
typedef enum Audience {
    AUDIENCE_PUBLIC,
    AUDIENCE_INVESTOR,
    AUDIENCE_STAFF,
    AUDIENCE_RESTRICTED,
    AUDIENCE_COUNT
} Audience;

typedef enum FieldType {
    FIELD_TEXT,  /* up to TEXT_MAX bytes of UTF-8 */
    FIELD_NUM,   /* int64 in units of 10^-decimals of `unit` */
    FIELD_BOOL,  /* 0 or 1 */
    FIELD_DATE,  /* a DateSpan */
    FIELD_CODE,  /* one code of a list */
    FIELD_CODES, /* several codes of a list */
    FIELD_REF,   /* the key of one entity of kind `ref` */
    FIELD_REFS,  /* the keys of several */
} FieldType;

enum {
    TEXT_MAX_BYTES = 4000,
    KEY_MAX_BYTES = 100, /* letters, digits, and - _ . : of any script; see key_valid */
    LIST_MAX = 64,       /* codes or refs in one value */
    FIELDS_MAX = 96,     /* of one kind */
    TAG_GEOMETRY = 1,    /* the tag under which winners name the geometry; no field bears it */
};

typedef struct Label {
    const char *zh, *en;
} Label;

typedef struct Code {
    const char *code;
    Label label;
    int offer; /* of a land state: OFFER_*; 0 elsewhere */
} Code;

/* May a plot in this land state be had? The promised is neither yes nor no. */
enum { OFFER_NONE = 0, OFFER_OPEN = 1, OFFER_PROMISED = 2, OFFER_CLOSED = 3 };

const char *offer_name(int offer); /* "open", "promised", "closed"; "" for none */

/* What a deployment may do with a list: model/lists.h. */
typedef enum ListChange {
    LIST_FIXED,  /* nothing: the program works with its codes */
    LIST_LABELS, /* other labels, another order */
    LIST_OPEN,   /* and further codes, or fewer */
} ListChange;

typedef struct CodeList {
    const char *name; /* "land_use" */
    Label label;
    const Code *codes;
    uint32_t count; /* up to 255 */
    ListChange change;
} CodeList;

typedef struct Field {
    const char *name; /* with its unit: area_m2, price_fen_m2 */
    uint16_t tag;     /* never changes, never reused within the kind: what is stored names fields by it */
    FieldType type;
    Audience visibility;
    Label label;
    const char *unit;      /* UCUM-like: "m2", "fen/m2", "kVA", "m3/d", "m", "d"; NULL for none */
    int decimals;          /* FIELD_NUM */
    int64_t min, max;      /* FIELD_NUM, scaled; min == max == 0: any int64 but INT64_MIN */
    const CodeList *codes; /* FIELD_CODE, FIELD_CODES */
    Kind ref;              /* FIELD_REF, FIELD_REFS */
    bool filterable;
    bool required;           /* a record without it is rejected */
    const char *headings;    /* what real sheets call it, separated by |; the name itself always counts */
    bool derived;            /* worked out when an atlas is built: in no record, never imported or exported */
    const char *near;        /* a derived field: metres to the nearest facility of this type */
    const char *part, *attr; /* of a dated part: the service ("power") and what of it ("left"); else NULL */
    const char *example;     /* a value as a person would write it */
} Field;

typedef enum GeometryKind { GEOMETRY_NONE, GEOMETRY_POINT, GEOMETRY_POLYGON } GeometryKind;

typedef struct KindInfo {
    Kind kind;
    const char *name; /* "parcel": in URLs, on the command line */
    Label label, plural;
    const char *page; /* where its rows are listed, without the slash: "parcels" */
    GeometryKind geometry;
    int cells_below_zoom; /* tiles below this zoom show counts in cells; 0: never */
    const Field *fields;
    uint32_t field_count;
    const char *filter_example; /* CQL2 text, for who wrote one that does not parse */
} KindInfo;

const KindInfo *kind_info(Kind kind);
MUST_USE Err kind_named(Str name, Kind *ret); /* ERR_KIND_UNKNOWN */

/* Fields are also known by their place in the kind's table (0 … field_count - 1): dense, used in memory only.
 */
int field_index(Kind kind, Str name); /* -1 if there is none */
int field_index_of_tag(Kind kind, uint16_t tag);
MUST_USE Err field_named(Kind kind, Str name,
                         uint32_t *ret_index); /* ERR_FIELD_UNKNOWN with the nearest name as hint */
/* The same for an audience: a field it may not see is ERR_FIELD_UNKNOWN, with the same hint as if there were
 * none. */
MUST_USE Err field_visible(Kind kind, Audience audience, Str name, uint32_t *ret_index);
const char *field_kind_name(const Field *field);        /* of the kind in whose table it stands */
const CodeList *const *code_lists(uint32_t *ret_count); /* every list the model uses */
int code_index(const CodeList *list, Str code);         /* -1 if it is not in the list */
void buf_codes(Buf *buf, const CodeList *list); /* "M0, M1, M2": as many as there is room for, none by half */

/* Indices every kind has, whatever else: they are the first fields of each table, in this order. */
enum {
    FIELD_NAME_ZH,
    FIELD_NAME_EN,
    FIELD_HOW,
    FIELD_VISIBILITY,
    FIELD_PRECISION,
    FIELD_ALIASES,
    FIELD_SAMPLE, /* derived: the names of fields (and "geometry") whose value is sample data in a row that is
                     not, joined with ;. Answers tell it as a row's "sample"; it is no field to ask for */
    FIELDS_COMMON
};

MUST_USE Err audience_named(Str name, Audience *ret);
const char *audience_name(Audience audience);

/* A digest of all tables that decide what an atlas file looks like: another model, another atlas. */
uint64_t model_digest(void);

/* What a key is, as an error says it. */
#define KEY_WANTED "an id: letters, digits and - _ . :, at most 100 bytes"

/* Is this a key an entity may have? 1 … KEY_MAX_BYTES bytes of letters, digits and - _ . : (no space, no /,
 * no control). */
bool key_valid(Str key);

/* Problems in the tables themselves (a tag used twice, a unit missing from a name), for a test; NULL when
 * sound. */
const char *model_lint(void);
