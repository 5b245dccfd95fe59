"""Everything that can go wrong and that a person must hear about.

    SakataLodError
    ├── ConfigurationError          a file of the site says something that cannot be
    │   ├── InvalidConfiguration
    │   ├── MissingFile
    │   ├── Unanswered
    │   └── UnknownCode
    ├── SourceError                 the printed table cannot be read without guessing
    │   ├── EmptySource
    │   ├── NotATable
    │   ├── SheetUnclear
    │   ├── NoHeadings
    │   ├── WrongEncoding
    │   ├── MalformedTable
    │   ├── RepeatedHeading
    │   ├── HiddenCells
    │   ├── SameYearTwice
    │   ├── HeaderNotFound
    │   ├── UnknownColumn
    │   ├── UnknownRow
    │   ├── UnnumberedRow
    │   ├── NumberOutOfPlace
    │   ├── AmbiguousRow
    │   ├── MisplacedCell
    │   ├── UnknownMark
    │   ├── MarkAndWordsDisagree
    │   ├── UnknownDepartment
    │   ├── UnknownEra
    │   ├── UnknownFigure
    │   ├── UnitsDiffer
    │   ├── RowsDisagree
    │   ├── StatusesDisagree
    │   ├── MergedAcrossRoles
    │   ├── DuplicateNumber
    │   ├── NoMeasures
    │   ├── WrongCount
    │   └── CorrectionDoesNotFit
    ├── IdentityUnclear             which divisions or measures a newer edition lists cannot be told from its table
    ├── InvalidData                 an RDF file to be checked cannot be parsed
    ├── ReleaseError                a release folder is not there, not whole, or another's
    │   ├── ReleaseNotFound
    │   ├── ReleaseDamaged
    │   ├── ReleaseForAnotherBase
    │   └── DatabaseNotMade
    ├── UnknownIri                  the release says nothing of that IRI
    ├── IriWithdrawn                the site does not publish that IRI any more
    │   └── IriReplaced
    ├── WrongMunicipalityCode       a code names no municipality that can publish
    ├── RateExceeded                a client asks more often than it may
    ├── AddressUnavailable          the server cannot listen where it is told to
    ├── LoadError                   a release was not put into a store
    │   ├── NothingLoaded
    │   ├── LoadUndone
    │   └── LoadIncomplete
    ├── ActionError                 an action of CKAN's interface is not done
    │   ├── UnknownAction
    │   ├── UnreadableRequest
    │   ├── NotInCatalogue
    │   ├── ParameterInvalid
    │   └── SearchRefused
    ├── CheckError                  a file that was sent in is not checked
    │   ├── FileNotSent
    │   ├── FileNotKnown
    │   ├── FileTooLarge
    │   ├── FileRefused
    │   ├── CheckTooCostly
    │   └── NoCheckFree
    ├── ReconciliationError         names are not reconciled
    │   ├── InvalidReconciliation
    │   └── BatchTooLarge
    └── QueryError                  a SPARQL query is not answered
        ├── QueryRefused
        ├── UpdateRefused
        ├── QueryTooLong
        ├── QueryTooDeep
        ├── QueryMalformed
        ├── QuerySyntaxError
        ├── QueryTimedOut
        ├── QueryExhaustedMemory
        ├── ResultTooLarge
        ├── NoWorkerFree
        ├── StoreUnavailable
        ├── StoreRefused
        └── EndpointFailed

Errors carry facts. `sentence(language)` makes of them what a person reads: where, what, and what to do.
They are defined by subject in the files of this folder, and imported from here.
"""

from sakata_lod.errors.cells import (
    CorrectionDoesNotFit,
    MarkAndWordsDisagree,
    RowsDisagree,
    StatusesDisagree,
    UnitsDiffer,
    UnknownDepartment,
    UnknownEra,
    UnknownFigure,
    UnknownMark,
)
from sakata_lod.errors.facts import (
    Doubt,
    Doubts,
    Place,
    SakataLodError,
    UnfitValue,
    Words,
    words_of,
)
from sakata_lod.errors.queries import (
    EndpointFailed,
    NoWorkerFree,
    QueryError,
    QueryExhaustedMemory,
    QueryMalformed,
    QueryRefused,
    QuerySyntaxError,
    QueryTimedOut,
    QueryTooDeep,
    QueryTooLong,
    ResultTooLarge,
    StoreRefused,
    StoreUnavailable,
    UpdateRefused,
)
from sakata_lod.errors.releases import (
    AddressUnavailable,
    DatabaseNotMade,
    IdentityUnclear,
    InvalidData,
    IriReplaced,
    IriWithdrawn,
    LoadError,
    LoadIncomplete,
    LoadUndone,
    NothingLoaded,
    ReleaseDamaged,
    ReleaseError,
    ReleaseForAnotherBase,
    ReleaseNotFound,
    UnknownIri,
)
from sakata_lod.errors.requests import (
    ActionError,
    BatchTooLarge,
    CheckError,
    CheckTooCostly,
    FileNotKnown,
    FileNotSent,
    FileRefused,
    FileTooLarge,
    InvalidReconciliation,
    NoCheckFree,
    NotInCatalogue,
    ParameterInvalid,
    RateExceeded,
    ReconciliationError,
    SearchRefused,
    UnknownAction,
    UnreadableRequest,
)
from sakata_lod.errors.site import (
    ConfigurationError,
    InvalidConfiguration,
    MissingFile,
    Unanswered,
    UnknownCode,
    WrongMunicipalityCode,
)
from sakata_lod.errors.tables import (
    AmbiguousRow,
    DuplicateNumber,
    EmptySource,
    HeaderNotFound,
    HiddenCells,
    MalformedTable,
    MergedAcrossRoles,
    MisplacedCell,
    NoHeadings,
    NoMeasures,
    NotATable,
    NumberOutOfPlace,
    RepeatedHeading,
    SameYearTwice,
    SheetUnclear,
    SourceError,
    UnknownColumn,
    UnknownRow,
    UnnumberedRow,
    WrongCount,
    WrongEncoding,
)

__all__ = [
    "ActionError",
    "AddressUnavailable",
    "AmbiguousRow",
    "BatchTooLarge",
    "CheckError",
    "CheckTooCostly",
    "ConfigurationError",
    "CorrectionDoesNotFit",
    "DatabaseNotMade",
    "Doubt",
    "Doubts",
    "DuplicateNumber",
    "EmptySource",
    "EndpointFailed",
    "FileNotKnown",
    "FileNotSent",
    "FileRefused",
    "FileTooLarge",
    "HeaderNotFound",
    "HiddenCells",
    "IdentityUnclear",
    "InvalidConfiguration",
    "InvalidData",
    "InvalidReconciliation",
    "IriReplaced",
    "IriWithdrawn",
    "LoadError",
    "LoadIncomplete",
    "LoadUndone",
    "MalformedTable",
    "MarkAndWordsDisagree",
    "MergedAcrossRoles",
    "MisplacedCell",
    "MissingFile",
    "NoCheckFree",
    "NoHeadings",
    "NoMeasures",
    "NoWorkerFree",
    "NotATable",
    "NotInCatalogue",
    "NothingLoaded",
    "NumberOutOfPlace",
    "ParameterInvalid",
    "Place",
    "QueryError",
    "QueryExhaustedMemory",
    "QueryMalformed",
    "QueryRefused",
    "QuerySyntaxError",
    "QueryTimedOut",
    "QueryTooDeep",
    "QueryTooLong",
    "RateExceeded",
    "ReconciliationError",
    "ReleaseDamaged",
    "ReleaseError",
    "ReleaseForAnotherBase",
    "ReleaseNotFound",
    "RepeatedHeading",
    "ResultTooLarge",
    "RowsDisagree",
    "SakataLodError",
    "SameYearTwice",
    "SearchRefused",
    "SheetUnclear",
    "SourceError",
    "StatusesDisagree",
    "StoreRefused",
    "StoreUnavailable",
    "Unanswered",
    "UnfitValue",
    "UnitsDiffer",
    "UnknownAction",
    "UnknownCode",
    "UnknownColumn",
    "UnknownDepartment",
    "UnknownEra",
    "UnknownFigure",
    "UnknownIri",
    "UnknownMark",
    "UnknownRow",
    "UnnumberedRow",
    "UnreadableRequest",
    "UpdateRefused",
    "Words",
    "WrongCount",
    "WrongEncoding",
    "WrongMunicipalityCode",
    "words_of",
]
