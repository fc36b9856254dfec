import { expect, it } from "vitest";
import { unescapedIn } from "../trials/hostile/escaping";
import { generated, marked, NAUGHTY, OPEN, randomNumbers } from "../trials/hostile/strings";

it.each([
  `<p>${marked("<b>")}</p>`,
  `<p title="${marked('"')}">`,
  `<p title='${marked("'")}'>`,
  `<p>${marked("&copy")}</p>`,
  `<script nonce="n">var a = "${marked("</script><script>alert(1)")}"</script>`,
  `<script>"${marked("<!--")}"</script>`,
  `<p>${OPEN}never closed</p>`,
])("the trial of hostile inputs sees what is not escaped in %s", (html) => {
  expect(unescapedIn(html)).not.toEqual([]);
});

it("and takes what is escaped", () => {
  const html = `<p title="${marked("&lt;b&gt; &quot;a&quot; &#x27; &amp;copy")}">${marked("a")}</p>
    <script nonce="n">push("${marked("\\u003cb> \\\" ' &")}")</script>`;
  expect(unescapedIn(html)).toEqual([]);
});

it("has hundreds of strings, and makes the same others every time", () => {
  expect(NAUGHTY.length).toBeGreaterThan(500);
  const [one, other] = [randomNumbers(7), randomNumbers(7)];
  const made = Array.from({ length: 500 }, () => generated(one));
  expect(made).toEqual(Array.from({ length: 500 }, () => generated(other)));
  expect(new Set(made).size).toBeGreaterThan(400);
});
