-- Gives a session that lost its socket, or whose client believes so, to a node.
-- ARGV 9 node, 10 session, 11 scope, 12 ticket, 13 the next ticket, 14 the client's epoch,
--      15 the last number it has, 16 its name or '', 17 whether its token is a new one,
--      18 when that ends or '', 19 rooms, 20 peers
-- Returns 'stale', 'none', 'barred', 'ahead', or {'back', number, node before, name, meta, from, recovered,
--   when its token ends, rooms allowed, peers allowed, rooms it is in}

-- Until its client has shown that it got the newest, each given since the last one that it showed is good.
local function is_good(ticket, newest, before)
  return ticket == newest or string.find(' ' .. before .. ' ', ' ' .. ticket .. ' ', 1, true) ~= nil
end

-- Of many the first is kept, which it has for certain, and the last, one of which it may have.
local function and_before(before, ticket)
  local all = {}
  for one in string.gmatch(before, '[^ ]+') do
    all[#all + 1] = one
  end
  if #all >= 8 then
    table.remove(all, 2)
  end
  all[#all + 1] = ticket
  return table.concat(all, ' ')
end

local node, session, key = ARGV[9], ARGV[10], session_key(ARGV[10])
if redis.call('SISMEMBER', P .. 'keepers', node) == 0 then
  return answer({'stale'})
end
local r = redis.call('HMGET', key, 'ticket', 'before', 'name', 'exp', 'scope', 'seq', 'acked', 'node', 'number', 'overrun', 'barred', 'left', 'meta')
if not r[1] or not is_good(ARGV[12], r[1], r[2]) or r[5] ~= ARGV[11] or r[10] then
  return answer({'none'})
end
if (ARGV[16] ~= '' and ARGV[16] ~= r[3]) or (r[4] ~= '' and tonumber(r[4]) <= NOW and ARGV[17] == '0') then
  return answer({'none'})
end
if r[11] then
  return answer({'barred'})
end
local has, seq, acked = tonumber(ARGV[15]), tonumber(r[6]), tonumber(r[7])
local same_epoch = ARGV[14] == epoch
if has > seq then
  if same_epoch then
    return answer({'ahead'})
  end
  has = seq
end
-- What it acknowledged it has, whatever it says now: the hello may have crossed an ack on another socket.
has = math.max(has, acked)
if has > acked then
  local entry = redis.call('XRANGE', inbox_key(session), whole(has) .. '-0', whole(has) .. '-0')[1]
  redis.call('HSET', key, 'acked', whole(has), 'freed', entry and entry[2][4] or '0')
  redis.call('XTRIM', inbox_key(session), 'MINID', whole(has + 1) .. '-0')
end
local number = whole(tonumber(r[9]) + 1)
redis.call('HSET', key, 'node', node, 'number', number, 'ticket', ARGV[13], 'before', and_before(r[2], r[1]))
redis.call('HDEL', key, 'why', 'since', 'left')
if ARGV[17] == '1' then
  redis.call('HSET', key, 'exp', ARGV[18], 'rooms', ARGV[19], 'peers', ARGV[20])
end
redis.call('SREM', held_key(r[8]), session)
redis.call('SADD', held_key(node), session)
redis.call('ZREM', P .. 'due', session)
if r[12] == '1' then
  redis.call('HSET', key, 'begun', whole(NOW))
  change('back', session, r[5], r[3], '', meta_of(r[13]), whole(NOW))
end
local terms = redis.call('HMGET', key, 'exp', 'rooms', 'peers', 'meta')
return answer({'back', number, r[8], r[3], terms[4], whole(has), same_epoch and '1' or '0',
  terms[1], terms[2], terms[3], rooms_of(session)})
