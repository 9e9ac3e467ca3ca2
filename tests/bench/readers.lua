-- wrk's script: readers who think between two pages. Arguments: seconds of thinking, then pairs of
-- a weight and an address; an address that stands there more often is read more often.
local thinking, total, mix = 0, 0, {}

function init(args)
  thinking = tonumber(args[1]) * 1000
  math.randomseed(7)
  for n = 2, #args, 2 do
    total = total + tonumber(args[n])
    mix[#mix + 1] = { total, args[n + 1] }
  end
end

-- A reader thinks for that long on average, and not all of them at the same time.
function delay()
  return thinking * (0.5 + math.random())
end

function request()
  local drawn = math.random() * total
  for _, one in ipairs(mix) do
    if drawn <= one[1] then
      return wrk.format("GET", one[2])
    end
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "seconds": %f, "median": %f, "p95": %f, "most": %f, "errors": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3,
    latency:percentile(95) / 1e3, latency.max / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
