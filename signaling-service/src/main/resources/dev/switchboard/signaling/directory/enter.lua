-- Lets a session into a place.
-- KEYS 1 the realm's nodes, 2 the place, 3 the places of the node
-- ARGV 1 node, 2 session, 3 name, 4 meta, 5 capacity, 6 the place's tag, 7 number to keep or 0,
--      8 what the keys of the places of nodes begin with
-- Returns {'stale'}, {'full'}, or {'in', number, as it was or '', session, occupant, session, ...}
if redis.call('SISMEMBER', KEYS[1], ARGV[1]) == 0 then
  return {'stale'}
end
local all = redis.call('HGETALL', KEYS[2])
local before, last, count = false, 0, 0
local answer = {'in', '', ''}
for i = 1, #all, 2 do
  if all[i] == '' then
    last = tonumber(all[i + 1])
  elseif all[i] == ARGV[2] then
    before = all[i + 1]
  else
    count = count + 1
    answer[#answer + 1] = all[i]
    answer[#answer + 1] = all[i + 1]
  end
end
if not before and count >= tonumber(ARGV[5]) then
  return {'full'}
end
local number = tonumber(ARGV[7])
if before then
  number = tonumber(string.match(before, '^(%d+)\n'))
elseif number == 0 then
  number = last + 1
end
redis.call('HSET', KEYS[2], ARGV[2], string.format('%d', number) .. '\n' .. ARGV[1] .. '\n' .. ARGV[3] .. '\n' .. ARGV[4])
if number > last then
  redis.call('HSET', KEYS[2], '', string.format('%d', number))
end
local entry = ARGV[6] .. '\n' .. ARGV[2]
redis.call('SADD', KEYS[3], entry)
if before then
  local node = string.match(before, '^%d+\n([^\n]*)\n')
  if node ~= ARGV[1] then
    redis.call('SREM', ARGV[8] .. node, entry)
  end
end
answer[2] = string.format('%d', number)
answer[3] = before or ''
return answer
