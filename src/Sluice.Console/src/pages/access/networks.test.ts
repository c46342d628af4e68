import { describe, expect, it } from "vitest";
import { entriesOf, entryFault, networksFault } from "./networks";

describe("networks", () => {
  it("are taken one each line, or with commas or blanks between", () => expect(entriesOf(" 10.0.0.0/8,\n2001:db8::/32 ; 203.0.113.7\n")).toEqual(["10.0.0.0/8", "2001:db8::/32", "203.0.113.7"]));

  it.each(["203.0.113.7", "10.0.0.0/8", "0.0.0.0/0", "2001:db8::1", "2001:db8::/32", "::/0", "::ffff:203.0.113.7", "fd00::/8", "1:2:3:4:5:6:7:8"])("%s is one", (entry) => expect(entryFault(entry)).toBeNull());

  it.each(["example.com", "10.0.0", "10.0.0.256", "010.0.0.1", "2001:db8", "fe80::1%eth0", "/8", "*"])("%s is not an address", (entry) => expect(entryFault(entry)).toContain("does not begin with an IPv4 or IPv6 address"));

  it.each([["10.0.0.0/33", "IPv4 block comes a number from 0 to 32"], ["2001:db8::/129", "IPv6 block comes a number from 0 to 128"], ["10.0.0.0/", "0 to 32"], ["10.0.0.0/8/8", "0 to 32"]])("%s has a wrong length", (entry, words) => expect(entryFault(entry)).toContain(words));

  it("says which block was meant", () => {
    expect(entryFault("10.1.2.3/16")).toContain("The block is 10.1.0.0/16, the address alone 10.1.2.3.");
    expect(entryFault("2001:db8::1/32")).toContain("The block is 2001:db8::/32, the address alone 2001:db8::1.");
  });

  it("names the first that is wrong, and too many", () => {
    expect(networksFault("10.0.0.0/8\nnowhere\nelse")).toContain("“nowhere”");
    expect(networksFault(Array(101).fill("10.0.0.1").join("\n"))).toContain("101 entries; at most 100");
    expect(networksFault("")).toBeNull();
  });
});
