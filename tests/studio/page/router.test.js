// Addresses: what is read from one, and the one that leads to a place.
import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, parseAddress } from "../../../assets/studio/router.js";

test("an address names a station and its part", () => {
  const { station, part, at } = parseAddress("#/liste/cases?line=7&column=uai");
  assert.deepEqual([station, part, at.get("line"), at.get("column")], ["list", "cases", "7", "uai"]);
});

test("without a part, or with one that there is not, it is the first", () => {
  for (const hash of ["#/liste", "#/liste/", "#/liste/autre"]) assert.equal(parseAddress(hash).part, "fichier");
  assert.equal(parseAddress("#/cartes").part, "noms");
});

test("anything else leads to the welcome", () => {
  for (const hash of ["", "#", "#/", "#/nulle-part"]) assert.equal(parseAddress(hash).station, "welcome");
});

test("what is within a part does not make it another one", () => {
  assert.equal(parseAddress("#/liste/cases?line=7").address, parseAddress("#/liste/cases?line=8").address);
});

test("the address of a place leads there", () => {
  const places = [
    [{ station: "election", field: "links.portal" }, "#/election?field=links.portal"],
    [{ station: "list", part: "rows", line: 3 }, "#/liste/cases?line=3"],
    [{ station: "list", part: "cells", show: "twice" }, "#/liste/cases?show=twice"],
    [{ station: "cards", part: "sheet" }, "#/cartes/carte"],
    [{ station: "make" }, "#/fabriquer"],
  ];
  for (const [place, address] of places) {
    assert.equal(addressOf(place), address);
    assert.equal(parseAddress(address).station, place.station);
  }
});

test("a line of the list is in its cells, a field in its columns", () => {
  assert.equal(addressOf({ station: "list", line: 3, column: "uai" }), "#/liste/cases?line=3&column=uai");
  assert.equal(addressOf({ station: "list", field: "name" }), "#/liste/colonnes?field=name");
  assert.equal(addressOf({ station: "list" }), "#/liste");
});
