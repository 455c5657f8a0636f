"""Findings for other programs and for people: grouped text, SARIF, JUnit."""

from __future__ import annotations

import json
from collections.abc import Iterable
from urllib.parse import quote

from lxml import etree

from ontomedirad import __version__
from ontomedirad.checking.rules import Rule, Rules
from ontomedirad.report import Finding, Level, Place, Report

SARIF_LEVELS = {Level.must: "error", Level.should: "warning", Level.may: "note"}
"""Levels of a report as those of a SARIF result (OASIS SARIF 2.1.0, section 3.27.10)."""

SHOWN = 5
"""How many findings of a rule the grouped text shows before it counts the rest."""


def grouped(report: Report, rules: Rules, shown: int = SHOWN) -> str:
    """The report for a terminal: by level, most important first, then by rule, most findings first."""
    by_code = {rule.code: rule for rule in rules.by_shape.values()}
    lines = []
    for level in reversed(Level):
        by_rule: dict[str, list[Finding]] = {}
        for finding in report.findings:
            if finding.level is level:
                by_rule.setdefault(finding.code, []).append(finding)
        for code, found in sorted(by_rule.items(), key=lambda item: (-len(item[1]), item[0])):
            rule = by_code.get(code)
            lines.append(
                f"{level.name}: {rule.name if rule else found[0].message} [{code}], {len(found)} found"
            )
            for f in found[:shown]:
                lines.append(f"    {f.place or report.subject}: {f.message}")
                lines += [f"        see also {p}" for p in f.also]
            lines += [f"    and {len(found) - shown} more"] if len(found) > shown else []
            lines += [f"    hint: {found[0].hint}"] if found[0].hint else []
    idle = sum(not n for n in report.looked_at.values())
    lines += [f"silenced: {code}: {reason}" for code, reason in report.silenced.items()]
    if report.looked_at:
        lines.append(f"{len(report.looked_at)} rules, of which {idle} had no node to look at")
    return "\n".join([*lines, report.summary()])


def sarif(report: Report, rules: Rules) -> str:
    """The report as SARIF 2.1.0 (OASIS Standard, 2020)."""
    codes = list(dict.fromkeys([r.code for r in rules.by_shape.values()] + [f.code for f in report]))
    by_code = {rule.code: rule for rule in rules.by_shape.values()}
    index = {code: i for i, code in enumerate(codes)}
    driver = {
        "name": "ontomedirad",
        "version": __version__,
        "rules": [_sarif_rule(code, by_code.get(code)) for code in codes],
    }
    results = [
        {
            "ruleId": f.code,
            "ruleIndex": index[f.code],
            "level": SARIF_LEVELS[f.level],
            "message": {"text": f"{f.message}. {f.hint}".rstrip(". ")},
            "locations": [_sarif_place(f.place, report.subject)],
            **({"relatedLocations": [_sarif_place(p, report.subject) for p in f.also]} if f.also else {}),
        }
        for f in report
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2)


def _sarif_rule(code: str, rule: Rule | None) -> dict[str, object]:
    if rule is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": rule.name},
        **({"fullDescription": {"text": rule.why}} if rule.why else {}),
        **({"help": {"text": rule.hint}} if rule.hint else {}),
        "helpUri": rule.shape,
        "defaultConfiguration": {"level": SARIF_LEVELS[rule.level]},
        "properties": {"tags": [rule.topic]},
    }


def _sarif_place(place: Place, subject: str) -> dict[str, object]:
    region = {"region": {"startLine": place.line}} if place.line else {}
    artifact = {"artifactLocation": {"uri": quote(place.file or subject)}}
    logical = place.path or place.node
    return {
        "physicalLocation": artifact | region,
        **({"logicalLocations": [{"fullyQualifiedName": logical}]} if logical else {}),
    }


def junit(report: Report, rules: Rules) -> str:
    """The report as JUnit XML: a suite a topic, a case a rule, what was looked at as a property."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in report:
        by_rule.setdefault(finding.code, []).append(finding)
    known = {rule.code: rule for rule in rules.by_shape.values() if rule.targets}
    topics: dict[str, list[str]] = {}
    for code in [*known, *(c for c in by_rule if c not in known), *report.silenced]:
        topics.setdefault(known[code].topic if code in known else "other", []).append(code)
    root = etree.Element("testsuites", name=f"ontomedirad check {report.subject}")
    for topic, codes in topics.items():
        broken = [c for c in codes if by_rule.get(c)]
        skipped = [c for c in codes if c in report.silenced]
        suite = etree.SubElement(
            root,
            "testsuite",
            name=topic,
            tests=str(len(codes)),
            failures=str(len(broken)),
            errors="0",
            skipped=str(len(skipped)),
        )
        for code in codes:
            case = etree.SubElement(suite, "testcase", classname=f"shapes.{topic}", name=code)
            if code in report.looked_at:
                properties = etree.SubElement(case, "properties")
                value = str(report.looked_at[code])
                etree.SubElement(properties, "property", name="nodes looked at", value=value)
            if code in report.silenced:
                etree.SubElement(case, "skipped", message=report.silenced[code])
            _failure(case, by_rule.get(code, []))
    text = etree.tostring(root, encoding="unicode", pretty_print=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.rstrip()


def _failure(case: etree._Element, found: Iterable[Finding]) -> None:
    listed = list(found)
    if listed:
        message = f"{len(listed)} found; {listed[0].hint}".rstrip("; ")
        failure = etree.SubElement(case, "failure", type=listed[0].level.name, message=message)
        failure.text = "\n".join(f"{f.place}: {f.message}" for f in listed)
