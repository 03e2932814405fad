-- It was not delivered, and is tried again, or given up.
-- ARGV 1 who says so, 2 entry, 3 how long to wait, 4 for how long it is tried (milliseconds),
--      5 how many dead letters are kept, 6 why
-- Returns {1 if it is given up}
local id = ARGV[2]
local entry = holds(ARGV[1]) and entry_of(id)
if not entry then
  return {0}
end
local till = tonumber(string.match(id, '^%d+')) + tonumber(ARGV[4])
if NOW >= till then
  local fields = entry[2]
  redis.call('XADD', DEAD, 'MAXLEN', '=', ARGV[5], '*', 'id', fields[2], 'body', fields[6],
    'tries', whole(tonumber(redis.call('HGET', TRIES, id) or '0') + 1), 'why', ARGV[6])
  remove(id)
  return {1}
end
redis.call('HINCRBY', TRIES, id, 1)
redis.call('ZADD', DUE, whole(math.min(till, NOW + tonumber(ARGV[3]))), id)
return {0}
