"""Splink 4 on a file of people, with the settings of its own examples: python beside_splink.py CASE FILE OUT.

CASE: febrl3 (docs/demos/examples/duckdb/febrl3), fake_1000 (docs/demos/tutorials), people (docs/demos/examples/duckdb/deduplicate_50k_synthetic,
its columns under our names). Writes record,cluster to OUT and one JSON line with seconds and peak memory.
"""
import json
import logging
import resource
import sys
import time

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

logging.getLogger("splink").setLevel(logging.ERROR)
case, path, out = sys.argv[1:4]
began = time.time()
con = duckdb.connect()
con.execute("set threads = 2")
columns = con.sql(f"select * from read_csv('{path}', all_varchar = true, header = true) limit 0").columns
tidy = ", ".join(f"nullif(trim(\"{c}\"), '') as \"{c.strip()}\"" for c in columns)
con.execute(f"create table people as select {tidy} from read_csv('{path}', all_varchar = true, header = true)")

if case.startswith("febrl"):
    key = "rec_id"
    rules = [block_on(c) for c in ("soc_sec_id", "given_name", "surname", "date_of_birth", "postcode")]
    comparisons = [
        cl.NameComparison("given_name"),
        cl.NameComparison("surname"),
        cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
        cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]),
        cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
    ]
    deterministic = [
        block_on("soc_sec_id"),
        block_on("given_name", "surname", "date_of_birth"),
        "l.given_name = r.surname and l.surname = r.given_name and l.date_of_birth = r.date_of_birth",
    ]
    recall, pairs = 0.9, 1e6
    sessions = [block_on("date_of_birth"), block_on("postcode")]
elif case == "fake_1000":
    key = "unique_id"
    rules = [block_on("first_name", "city"), block_on("surname")]
    comparisons = [
        cl.NameComparison("first_name"),
        cl.NameComparison("surname"),
        cl.LevenshteinAtThresholds("dob", 1),
        cl.ExactMatch("city").configure(term_frequency_adjustments=True),
        cl.EmailComparison("email"),
    ]
    deterministic = [
        block_on("first_name", "dob"),
        "l.first_name = r.first_name and levenshtein(r.surname, l.surname) <= 2",
        block_on("email"),
    ]
    recall, pairs = 0.7, 2e6
    sessions = [block_on("first_name", "surname"), block_on("dob")]
else:
    key = "id"
    con.execute("create or replace table people as select *, given_name || ' ' || surname as given_surname from people")
    rules = [
        block_on("substr(given_name,1,3)", "substr(surname,1,4)"),
        block_on("surname", "date_of_birth"),
        block_on("given_name", "date_of_birth"),
        block_on("postcode", "given_name"),
        block_on("postcode", "surname"),
        block_on("date_of_birth", "city"),
        block_on("document"),
        block_on("phone"),
        block_on("email"),
    ]
    comparisons = [
        cl.ForenameSurnameComparison("given_name", "surname", forename_surname_concat_col_name="given_surname"),
        cl.DateOfBirthComparison("date_of_birth", input_is_string=True),
        cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        cl.ExactMatch("city").configure(term_frequency_adjustments=True),
        cl.ExactMatch("street_number"),
        cl.EmailComparison("email"),
        cl.LevenshteinAtThresholds("phone", 1),
        cl.LevenshteinAtThresholds("document", 1),
    ]
    deterministic = [
        block_on("given_name", "surname", "date_of_birth"),
        block_on("document"),
        block_on("date_of_birth", "postcode"),
    ]
    recall, pairs = 0.6, 1e7
    sessions = [block_on("given_name", "surname"), block_on("date_of_birth")]

settings = SettingsCreator(
    unique_id_column_name=key, link_type="dedupe_only", blocking_rules_to_generate_predictions=rules, comparisons=comparisons
)
linker = Linker("people", settings, db_api=DuckDBAPI(connection=con))
linker.training.estimate_probability_two_random_records_match(deterministic, recall=recall)
linker.training.estimate_u_using_random_sampling(max_pairs=pairs, seed=2)
for session in sessions:
    linker.training.estimate_parameters_using_expectation_maximisation(session)
predicted = linker.inference.predict(threshold_match_probability=0.2)
# The examples cluster at 0.95.
clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_probability=0.95)
con.execute(f"copy (select {key}, cluster_id from {clusters.physical_name}) to '{out}' (header true)")
compared = con.execute(f"select count(*) from {predicted.physical_name}").fetchone()[0]
print(
    json.dumps(
        {
            "seconds": round(time.time() - began, 2),
            "peakMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "cpuSeconds": round(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]), 2),
            "predicted": compared,
        }
    )
)
