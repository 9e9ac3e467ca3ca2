"""Files that Simpul writes: templates, problems, corrected registers, exports."""
