"""The tables of the docs, as Markdown, made from the code that they describe."""
