-- It was delivered.
-- ARGV 1 who says so, 2 entry
if holds(ARGV[1]) then
  remove(ARGV[2])
end
return {}
