-- The node goes, and takes all it has along.
forget(NODE, 'left')
tell()
return {}
