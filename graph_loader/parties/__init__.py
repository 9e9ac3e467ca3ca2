"""Which party a spelling means: a known one, a new one that its words tell, or a doubt."""
