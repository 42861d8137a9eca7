"""The article's text: marks, paragraphs, sentences, tokens; what is garbled in it."""
