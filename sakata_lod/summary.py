"""The summary of a federation's release: an SQLite file that building writes and the server reads.

What pages about all cities tell is counted while each city is built, when its graph is at hand: to ask the
whole dataset would be to read it. All of it follows from the dataset, and says the same.

  concept    how many measures of a city have a shared code or theme
  standing   how many of these stand how. status: achievement or response; code: which
  note       how many places of its tables are questionable, by kind and by whether the reading is certain
  result     what validation found, by severity and shape
  dataset    the datasets of its catalogue; modified: the day of the last change
  name       what names can be reconciled with: thing, type, by which property it is called so, name, language
  broader    which division each division is directly within
  catalogue  the named graph of its catalogue, as N-Triples, compressed (zlib)
  document   the things that have a page of their own, those of the federation itself among them

A city is named by its code; what no city has for itself, by nothing. The rows of the first five are those of
queries, `summary-{table}.rq`.
"""

SUMMARY = "summary.sqlite"
"""The name of the file in a release."""

COUNTED = ("concept", "standing", "note", "result", "dataset")
"""The tables with what a city says, as a query tells it, whose columns follow the city."""

SCHEMA = """
CREATE TABLE concept (city TEXT NOT NULL, concept TEXT NOT NULL, measures INTEGER NOT NULL);
CREATE TABLE standing (
  city TEXT NOT NULL, concept TEXT NOT NULL, status TEXT NOT NULL, code TEXT NOT NULL,
  measures INTEGER NOT NULL
);
CREATE TABLE note (city TEXT NOT NULL, kind TEXT NOT NULL, certain TEXT NOT NULL, notes INTEGER NOT NULL);
CREATE TABLE result (
  city TEXT NOT NULL, severity TEXT NOT NULL, shape TEXT NOT NULL, results INTEGER NOT NULL
);
CREATE TABLE dataset (city TEXT NOT NULL, iri TEXT NOT NULL, name TEXT NOT NULL, modified TEXT NOT NULL);
CREATE TABLE name (
  city TEXT NOT NULL, entity TEXT NOT NULL, type TEXT NOT NULL, property TEXT NOT NULL, name TEXT NOT NULL,
  language TEXT NOT NULL
);
CREATE TABLE broader (city TEXT NOT NULL, division TEXT NOT NULL, broader TEXT NOT NULL);
CREATE TABLE catalogue (city TEXT PRIMARY KEY, triples BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE document (iri TEXT PRIMARY KEY) WITHOUT ROWID;
"""

INDEXES = """
CREATE INDEX concept_city ON concept (concept, city);
CREATE INDEX standing_code ON standing (concept, status, code);
CREATE INDEX dataset_name ON dataset (name);
CREATE INDEX name_city ON name (city);
CREATE INDEX broader_city ON broader (city);
"""
