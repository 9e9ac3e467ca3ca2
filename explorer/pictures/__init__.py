"""Every picture that Simpul draws, one module each, and the signs that they are drawn with."""
