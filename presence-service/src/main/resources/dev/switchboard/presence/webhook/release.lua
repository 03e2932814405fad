-- Another may have the lease at once.
-- ARGV 1 who had it
if holds(ARGV[1]) then
  redis.call('DEL', HOLDER)
end
return {}
