import { expect, test } from "vitest";
import { contrast, hexOf, readable } from "./colours";
import { groundIn, plain, readLook } from "./settings";

test("colours are hexadecimal and nothing else", () => {
  expect([hexOf("#7048E8"), hexOf("#abc")]).toEqual(["#7048e8", "#aabbcc"]);
  for (const text of ["red", "#12", "#12345", "#1234567", "url(x)", "#fff;}", "rgb(0,0,0)"]) expect(hexOf(text)).toBeNull();
});

test("contrast is WCAG's", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
});

test("every accent becomes one that can be read on light and on dark", () => {
  for (const accent of ["#7048e8", "#ffff00", "#000000", "#ffffff", "#12b886", "#808080", "#ff0000"]) {
    for (const behind of ["#ffffff", "#161c25"]) expect(contrast(readable(accent, behind), behind)).toBeGreaterThanOrEqual(4.5);
  }
  expect(readable("#4a2bc0", "#ffffff")).toBe("#4a2bc0");
});

test("what is right is taken, what is not is named and left out", () => {
  const { look, faults } = readLook({ theme: "dark", accent: "#70e", background: "white", font: "Inter, 'Open Sans', sans-serif", radius: "12", other: "x" });
  expect(look).toEqual({ theme: "dark", accent: "#7700ee", background: null, font: '"Inter", "Open Sans", sans-serif', radius: 12 });
  expect(faults).toEqual(["'background' cannot be used: give a colour such as #ffffff."]);
});

test("nothing of CSS but a value gets through", () => {
  for (const font of ["x; } body { display: none }", "a\\", 'a", url(https://example.com/x), "b', "expression(1)", "a\nb", "", ",", "</style>"]) expect(readLook({ font }).look.font).toBeNull();
  for (const radius of ["-1", "25", "1px", "1;", "1e1", {}, 5]) expect(readLook({ radius }).look.radius).toBeNull();
  for (const theme of ["Dark", "dark ", "</style>", 1]) expect(readLook({ theme }).look.theme).toBe("auto");
});

test("a background that its theme's text cannot be read on is left out", () => {
  expect(groundIn({ ...plain, background: "#fff4e6" }, "light")).toEqual({ body: "#fff4e6", panel: "#ffffff" });
  expect(groundIn({ ...plain, background: "#1a1033" }, "dark")).toEqual({ body: "#1a1033", panel: "#231a3b" });
  expect(groundIn({ ...plain, background: "#fff4e6" }, "dark")).toBeNull();
  expect(groundIn({ ...plain, background: "#777777" }, "light")).toBeNull();
});
