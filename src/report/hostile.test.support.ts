// What page and card must survive: texts as hostile as a model, a file or a server can make them.

/** What a model, a file or a server may say. Each must show as text and do nothing. */
export const hostile = {
  script: `<script>document.title = "owned"</script>`,
  image: `<img src=x onerror="document.title='owned'">`,
  closing: `</dd></dl></style></title></textarea></svg><script>document.title = "owned"</script>`,
  style: `</style><style>body { display: none }</style>`,
  remote: `<img src="http://127.0.0.1:9/pixel.png"><link rel=stylesheet href=http://127.0.0.1:9/a.css>`,
  attribute: `" onmouseover="document.title='owned'" x="' autofocus onfocus='document.title=1`,
  entity: `&lt;b&gt; &amp;amp; &#60;i&#62;`,
  escape: `\u001b[2J\u001b]0;owned\u0007\u009b31m`,
  bidi: `safe \u202eevil\u202c \u2066x\u2069`,
  unseen: `a\u200bb\u0000c\ufeff\u{e0041}`,
  surrogate: `x\ud800y\udfff`,
  fence: "```\n# Broken out\n````\n~~~\n`````` | a | b |",
  markdown: `| a | b |\n# Heading\n<h1>x</h1> [link](javascript:alert(1)) ![i](http://127.0.0.1:9/i.png) **bold** www.example.org`,
  frontMatter: `---\nlicense: mit\n---`,
  long: "w".repeat(100_000),
} as const;
